# frozen_string_literal: true

class Member < ApplicationRecord
  EDITABLE = %w[nickname bio city].freeze

  def assign(values)
    values.each do |name, value|
      public_send("#{name}=", value) if respond_to?("#{name}=") # flaw: mass-assignment
    end
  end

  def assign_profile(values)
    EDITABLE.each do |name|
      self[name] = values[name] if values.key?(name) # fine: mass-assignment
    end
  end
end

class MembersController < ApplicationController
  RENAMES = { "displayName" => :nickname, "about" => :bio }.freeze

  def create
    member = Member.create!(params.require(:member).permit!) # flaw: mass-assignment
    render json: { id: member.id }
  end

  def create_named
    member = Member.create!(params.require(:member).permit(:nickname, :bio, :city)) # fine: mass-assignment
    render json: { id: member.id }
  end

  def update
    current_member.update!(params[:member].to_unsafe_h) # flaw: mass-assignment
    head :no_content
  end

  def update_slice
    current_member.update!(params[:member].to_unsafe_h.slice(*Member::EDITABLE)) # fine: mass-assignment
    head :no_content
  end

  def change
    current_member.assign(params.require(:member).to_unsafe_h)
    current_member.save!
    head :no_content
  end

  def change_profile
    current_member.assign_profile(params.require(:member).to_unsafe_h)
    current_member.save!
    head :no_content
  end

  def replace
    values = JSON.parse(request.raw_post)
    return head(:bad_request) unless values.is_a?(Hash)

    values.delete("id")
    Member.where(id: current_member.id).update_all(values) # flaw: mass-assignment
    head :no_content
  end

  def replace_renamed
    values = {}
    RENAMES.each { |given, column| values[column] = params[given].to_s }
    Member.where(id: current_member.id).update_all(values) # fine: mass-assignment
    head :no_content
  end

  def guests
    rows = Array(params[:guests]).map do |entry|
      { city: "unknown" }.merge(entry.to_unsafe_h.symbolize_keys)
    end
    Member.insert_all(rows) # flaw: mass-assignment
    head :created
  end

  def city
    current_member.update!(city: params[:city].to_s) # fine: mass-assignment
    head :no_content
  end

  def invite
    attributes = invite_params
    Member.create!(attributes.merge(invited_by: current_member.id)) # fine: mass-assignment
    head :created
  end

  private

  def invite_params
    params.require(:invite).permit(:nickname, :city)
  end

  def current_member
    @current_member ||= Member.find(session[:member_id])
  end
end
