# frozen_string_literal: true

require "grape"
require "json"
require "mongoid"
require "sequel"

class Resident < Sequel::Model
  plugin :timestamps
  CONTACT = %w[phone street].freeze
end

Resident.strict_param_setting = false

class Profile
  include Mongoid::Document

  field :nickname, type: String
  field :language, type: String
  field :approved, type: Mongoid::Boolean, default: false
end

class Account
  Fields = Struct.new(:owner, :nickname, :balance, :approved, keyword_init: true)

  def initialize(owner)
    @fields = Fields.new(owner: owner, balance: 0, approved: false)
  end

  def copy_from(data)
    data.each_pair { |key, value| @fields[key] = value if @fields.members.include?(key.to_sym) } # flaw: mass-assignment
    self
  end

  def rename(data)
    @fields.nickname = data["nickname"].to_s # fine: mass-assignment
    self
  end
end

class PortalApi < Grape::API
  format :json

  helpers do
    def payload
      JSON.parse(request.body.read)
    end

    def resident
      Resident[env["portal.resident"]]
    end
  end

  put "residents" do
    resident.update(payload) # flaw: mass-assignment
    {}
  end

  put "residents/contact" do
    resident.update_fields(payload, Resident::CONTACT, missing: :skip) # fine: mass-assignment
    {}
  end

  post "residents" do
    values = {}
    payload.each { |name, value| values[name.to_sym] = value unless name == "id" }
    { id: Resident.create(values).id } # flaw: mass-assignment
  end

  params do
    requires :phone, type: String
    optional :street, type: String
  end
  post "residents/declared" do
    { id: Resident.create(declared(params, include_missing: false)).id } # fine: mass-assignment
  end

  put "profiles" do
    profile = Profile.find_by(resident: env["portal.resident"])
    profile.assign_attributes(payload) # flaw: mass-assignment
    profile.save!
    {}
  end

  put "profiles/language" do
    body = payload
    profile = Profile.find_by(resident: env["portal.resident"])
    profile.update_attributes!(nickname: body["nickname"].to_s, language: body["language"].to_s) # fine: mass-assignment
    {}
  end

  put "rows" do
    Resident.where(id: resident.id).update(payload.transform_keys(&:to_sym)) # flaw: mass-assignment
    {}
  end

  put "rows/contact" do
    values = payload.select { |name, _| Resident::CONTACT.include?(name) }
    Resident.where(id: resident.id).update(values.transform_keys(&:to_sym)) # fine: mass-assignment
    {}
  end

  patch "accounts" do
    Account.new(env["portal.resident"]).copy_from(payload)
    {}
  end

  patch "accounts/nickname" do
    Account.new(env["portal.resident"]).rename(payload)
    {}
  end
end
