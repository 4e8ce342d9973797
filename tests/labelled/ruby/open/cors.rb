# frozen_string_literal: true

require "uri"

class BaseApiController < ActionController::API
  ALLOWED = %w[https://app.example.com https://admin.example.com].freeze
  TENANT = %r{\Ahttps://[a-z0-9-]{1,40}\.tenants\.example\.com\z}
  LOOSE_TENANT = %r{https://.*tenants.example.com}

  private

  def origin
    request.headers["Origin"].to_s
  end

  def with_credentials
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Vary"] = "Origin"
  end
end

class AccountsController < BaseApiController
  before_action :allow_caller

  def show
    render json: { name: "account" }
  end

  private

  def allow_caller
    response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"] # flaw: cors
    response.headers["Access-Control-Allow-Credentials"] = "true"
  end
end

class PanelsController < BaseApiController
  before_action :allow_listed

  def show
    render json: { name: "panel" }
  end

  private

  def allow_listed
    return unless ALLOWED.include?(origin)

    response.headers["Access-Control-Allow-Origin"] = origin # fine: cors
    with_credentials
  end
end

class ExportsController < BaseApiController
  def index
    if origin.end_with?("example.com")
      headers = { "Access-Control-Allow-Origin" => origin, "Access-Control-Allow-Credentials" => "true" } # flaw: cors
      response.headers.merge!(headers)
    end
    render json: []
  end

  def tenant
    if LOOSE_TENANT.match?(origin)
      response.set_header("Access-Control-Allow-Origin", origin) # flaw: cors
      with_credentials
    end
    render json: []
  end

  def own_tenant
    if TENANT.match?(origin)
      response.set_header("Access-Control-Allow-Origin", origin) # fine: cors
      with_credentials
    end
    render json: []
  end

  def fonts
    response.set_header("Access-Control-Allow-Origin", "*") # fine: cors
    render json: %w[serif sans]
  end

  def admin
    response.set_header("Access-Control-Allow-Origin", ALLOWED.last) # fine: cors
    with_credentials
    render json: []
  end

  def drafts
    host = URI.parse(origin).host.to_s
    allowed = host.include?("example.com") ? origin : ALLOWED.first
    response.set_header("Access-Control-Allow-Origin", allowed) # flaw: cors
    with_credentials
    render json: []
  rescue URI::InvalidURIError
    head :bad_request
  end
end
