# frozen_string_literal: true

class SessionState
  def initialize(store)
    @store = store
  end

  def remember_all(values)
    values.each { |name, value| @store[name] = value } # flaw: trust-boundary
  end
end

class SettingsController < ApplicationController
  LOCALES = %w[en de nb].freeze
  ROLE_BY_PLAN = { "free" => "member", "team" => "manager" }.freeze

  before_action :adopt_headers

  def role
    session[:role] = params[:role] || "member" # flaw: trust-boundary
    head :no_content
  end

  def role_from_plan
    session[:role] = ROLE_BY_PLAN.fetch(params[:plan], "member") # fine: trust-boundary
    head :no_content
  end

  def tenant
    tenant = params[:tenant]
    tenant = current_user.tenant_id if tenant.blank?
    session[:tenant_id] = tenant.to_i # flaw: trust-boundary
    head :no_content
  end

  def own_tenant
    tenant = current_user.tenants.find(params[:tenant])
    session[:tenant_id] = tenant.id # fine: trust-boundary
    head :no_content
  end

  def locale
    return head(:bad_request) unless LOCALES.include?(params[:locale])

    session[:locale] = params[:locale] # fine: trust-boundary
    head :no_content
  end

  def preferences
    SessionState.new(session).remember_all(params.require(:preferences).to_unsafe_h)
    head :no_content
  end

  def page_size
    size = params[:size].to_i.clamp(10, 100)
    session[:page_size] = size # fine: trust-boundary
    head :no_content
  end

  def impersonate
    target = params[:as]
    session[:user_id] = target if target.present? # flaw: trust-boundary
    head :no_content
  end

  def impersonate_member
    return head(:forbidden) unless current_user.manager?

    member = current_user.team.members.find_by(id: params[:as])
    return head(:not_found) if member.nil?

    session[:acting_as] = member.id # fine: trust-boundary
    head :no_content
  end

  def cart
    session[:cart_started] = true # fine: trust-boundary
    head :no_content
  end

  private

  def adopt_headers
    forwarded = request.headers["X-Admin"]
    session[:admin] = forwarded == "1" unless forwarded.nil? # flaw: trust-boundary
  end
end
