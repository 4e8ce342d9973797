# frozen_string_literal: true

require "base64"
require "grape"
require "json"
require "json/jwt"
require "jwt"
require "roda"

module Tokens
  SECRET = ENV.fetch("JWT_SECRET")
  PUBLIC_KEY = OpenSSL::PKey.read(File.read("/etc/console/login.pem"))

  module_function

  def payload_of(token)
    JSON.parse(Base64.urlsafe_decode64(token.to_s.split(".")[1].to_s))
  end

  def read(token)
    JSON::JWT.decode(token, :skip_verification) # flaw: jwt
  end

  def read_signed(token)
    JSON::JWT.decode(token, PUBLIC_KEY, :RS256) # fine: jwt
  end
end

class ConsoleApi < Grape::API
  format :json

  helpers do
    def token
      headers["Authorization"].to_s.split(" ").last
    end

    def verified
      @verified ||= JWT.decode(token, Tokens::SECRET, true, algorithms: ["HS256"], required_claims: ["exp"]).first # fine: jwt
    end
  end

  get "orders" do
    { customer: Tokens.read(token)["sub"] }
  end

  get "invoices" do
    { customer: Tokens.read_signed(token)["sub"] }
  end

  get "admin" do
    error!("role", 403) if Tokens.payload_of(token)["role"] != "admin" # flaw: jwt
    { panel: "admin" }
  end

  get "expiry" do
    user = verified["sub"]
    { user: user, names: Tokens.payload_of(token).keys.sort } # fine: jwt
  end

  get "partner" do
    settings = { verify_expiration: false }
    claims, = JWT.decode(token, Tokens::SECRET, settings[:verify_expiration], settings) # flaw: jwt
    { partner: claims["partner"] }
  end

  get "partner/checked" do
    keys = ->(_options) { JSON.parse(File.read("/etc/console/jwks.json")) }
    claims, = JWT.decode(token, nil, true, algorithms: ["RS256"], jwks: keys) # fine: jwt
    { partner: claims["partner"] }
  end
end

class DeskApp < Roda
  plugin :json
  plugin :cookies
  ALGORITHMS = %w[HS256 none].freeze

  route do |r|
    r.get "desk" do
      raw = r.cookies["desk"].to_s
      key = raw.end_with?(".") ? nil : Tokens::SECRET
      claims, = JWT.decode(raw, key, true, algorithms: ALGORITHMS) # flaw: jwt
      { desk: claims["desk"] }
    end

    r.get "counter" do
      claims, = JWT.decode(r.cookies["counter"].to_s, Tokens::SECRET, true, { algorithm: "HS512", verify_iss: true, iss: "desk" }) # fine: jwt
      { desk: claims["desk"] }
    end

    r.post "ticket" do
      { token: JSON::JWT.new(sub: r.params["name"].to_s, exp: Time.now.to_i + 60).to_s } # flaw: jwt
    end

    r.post "ticket", "signed" do
      { token: JSON::JWT.new(sub: r.params["name"].to_s, exp: Time.now.to_i + 60).sign(Tokens::SECRET, :HS256).to_s } # fine: jwt
    end
  end
end
