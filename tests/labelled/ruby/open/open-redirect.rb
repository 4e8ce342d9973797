# frozen_string_literal: true

require "uri"

class Navigator
  attr_reader :target

  def initialize(default)
    @target = default
  end

  def choose(candidate)
    @target = candidate if candidate.present?
    self
  end

  def choose_local(candidate)
    @target = candidate if candidate.to_s.match?(%r{\A/[a-z0-9][a-z0-9/_-]*\z})
    self
  end
end

class SessionsController < ApplicationController
  HOME = "/dashboard"
  HOSTS = %w[shop.example.com help.example.com].freeze
  DESTINATIONS = { "orders" => "/orders", "help" => "https://help.example.com/start" }.freeze

  def create
    redirect_to params[:next] || HOME, allow_other_host: true # flaw: open-redirect
  end

  def create_local
    redirect_to url_from(params[:next]) || HOME # fine: open-redirect
  end

  def destroy
    reset_session
    leave(params.fetch(:return_to, HOME))
  end

  def switch
    target = params[:to].to_s
    return head(:bad_request) unless target.include?("example.com") || target.start_with?("/")

    response.headers["Location"] = target # flaw: open-redirect
    head :see_other
  end

  def go
    destination = DESTINATIONS[params[:key]]
    return head(:not_found) if destination.nil?

    redirect_to destination, allow_other_host: true # fine: open-redirect
  end

  def partner
    address = URI.parse(params[:url].to_s)
    return head(:bad_request) unless address.is_a?(URI::HTTPS) && HOSTS.include?(address.host)

    redirect_to address.to_s, allow_other_host: true # fine: open-redirect
  rescue URI::InvalidURIError
    head :bad_request
  end

  def back
    navigator = Navigator.new(HOME).choose(params[:back])
    redirect_to navigator.target, status: :see_other, allow_other_host: true # flaw: open-redirect
  end

  def back_local
    navigator = Navigator.new(HOME).choose_local(params[:back])
    redirect_to navigator.target, status: :see_other # fine: open-redirect
  end

  def tenant
    redirect_to "https://#{params[:tenant]}.example.com/start", allow_other_host: true # flaw: open-redirect
  end

  def search
    redirect_to "/results?#{{ q: params[:q].to_s }.to_query}" # fine: open-redirect
  end

  def item
    redirect_to item_path(Integer(params[:id])) # fine: open-redirect
  end

  private

  def leave(location)
    redirect_to(location, allow_other_host: true) # flaw: open-redirect
  end
end
