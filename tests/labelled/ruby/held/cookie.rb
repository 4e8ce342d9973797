# frozen_string_literal: true

require "cgi/cookie"
require "grape"
require "rack"
require "rack/session"
require "roda"
require "securerandom"
require "sinatra/base"

class DeskApp < Sinatra::Base
  use Rack::Session::Cookie, secret: ENV.fetch("DESK_SECRET"), expire_after: 7200, httponly: true # flaw: cookie

  get "/" do
    "desk"
  end
end

class ConsoleApp < Sinatra::Base
  use Rack::Session::Cookie, secret: ENV.fetch("CONSOLE_SECRET"), secure: true, httponly: true # fine: cookie

  post "/login" do
    response.set_cookie("sid", value: SecureRandom.hex(24), path: "/") # flaw: cookie
    status 204
  end

  post "/login/flags" do
    response.set_cookie("sid", value: SecureRandom.hex(24), path: "/", secure: true, httponly: true, same_site: :lax) # fine: cookie
    status 204
  end

  post "/language" do
    code = %w[en de].include?(params[:code]) ? params[:code] : "en"
    response.set_cookie("language", value: code, max_age: 31_536_000) # fine: cookie
    status 204
  end

  post "/logout" do
    response.delete_cookie("sid") # fine: cookie
    status 204
  end
end

class SiteApp < Roda
  plugin :sessions, secret: ENV.fetch("SITE_SECRET"), cookie_options: { secure: true, httponly: true } # fine: cookie

  route do |r|
    r.root { "site" }
  end
end

class ShopApp < Roda
  plugin :sessions, secret: ENV.fetch("SHOP_SECRET"), cookie_options: { httponly: false, secure: true } # flaw: cookie

  route do |r|
    r.root { "shop" }
  end
end

class TokenApi < Grape::API
  STRICT = { secure: true, httponly: true, same_site: :strict }.freeze

  format :json

  post "refresh" do
    cookies[:refresh_token] = { value: SecureRandom.urlsafe_base64(32), path: "/api", **STRICT } # fine: cookie
    { ok: true }
  end

  post "access" do
    settings = { value: SecureRandom.urlsafe_base64(32), path: "/api" }
    STRICT.each { |name, value| settings[name] = value unless name == :secure }
    cookies[:access_token] = settings # flaw: cookie
    { ok: true }
  end
end

class Gate
  def call(env)
    headers = {}
    token = SecureRandom.hex(16)
    if env["PATH_INFO"] == "/embedded"
      Rack::Utils.set_cookie_header!(headers, "gate_session", { value: token, secure: false, httponly: true }) # flaw: cookie
    else
      Rack::Utils.set_cookie_header!(headers, "gate_session", { value: token, secure: true, httponly: true }) # fine: cookie
    end
    [204, headers, []]
  end
end

def program_cookie
  cookie = CGI::Cookie.new("name" => "auth_token", "value" => SecureRandom.hex(24))
  cookie.secure = true
  cookie.httponly = true
  cookie # fine: cookie
end
