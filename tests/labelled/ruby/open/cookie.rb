# frozen_string_literal: true

require "securerandom"

Rails.application.config.session_store :cookie_store, key: "_portal", secure: true, httponly: false # flaw: cookie
Rails.application.config.action_dispatch.cookies_same_site_protection = :lax # fine: cookie

class CookieWriter
  def initialize(jar)
    @jar = jar
  end

  def remember(token)
    @jar[:remember_token] = { value: token, expires: 30.days.from_now, httponly: true } # flaw: cookie
  end

  def remember_protected(token)
    @jar[:remember_token] = { value: token, expires: 30.days.from_now, httponly: true, secure: true } # fine: cookie
  end
end

class SessionsController < ApplicationController
  FLAGS = { secure: true, httponly: true, same_site: :strict }.freeze
  THEMES = %w[light dark].freeze

  def create
    cookies[:session_token] = open_session # flaw: cookie
    head :no_content
  end

  def create_signed
    cookies.signed[:session_token] = { value: open_session, secure: true, httponly: true } # fine: cookie
    head :no_content
  end

  def create_with_flags
    cookies.encrypted[:session_token] = FLAGS.merge(value: open_session) # fine: cookie
    head :no_content
  end

  def remember
    CookieWriter.new(cookies).remember(open_session)
    head :no_content
  end

  def remember_protected
    CookieWriter.new(cookies).remember_protected(open_session)
    head :no_content
  end

  def theme
    theme = THEMES.include?(params[:theme]) ? params[:theme] : "light"
    cookies[:theme] = { value: theme, expires: 1.year.from_now } # fine: cookie
    head :no_content
  end

  def refresh
    options = { value: SecureRandom.urlsafe_base64(48), expires: 15.minutes.from_now }
    options[:path] = "/api" if request.headers["X-Client"] == "web"
    options[:secure] = true
    options[:httponly] = false
    cookies[:access_token] = options # flaw: cookie
    head :no_content
  end

  def legacy
    value = "auth=#{open_session}; Path=/; HttpOnly"
    response.headers["Set-Cookie"] = value # flaw: cookie
    head :no_content
  end

  def legacy_protected
    response.headers["Set-Cookie"] = "auth=#{open_session}; Path=/; HttpOnly; Secure; SameSite=Lax" # fine: cookie
    head :no_content
  end

  def destroy
    cookies.delete(:session_token) # fine: cookie
    head :no_content
  end

  private

  def open_session
    SecureRandom.urlsafe_base64(32).tap { |token| Rails.cache.write("session/#{token}", current_user.id) }
  end
end
