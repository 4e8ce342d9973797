# frozen_string_literal: true

require "base64"
require "json"
require "jwt"

class TokenReader
  KEY = ENV.fetch("TOKEN_KEY")

  def initialize(options)
    @options = options
  end

  def claims(token)
    JWT.decode(token, KEY, true, { algorithm: "HS256" }.merge(@options)).first # fine: jwt
  end
end

class ApiController < ActionController::API
  KEY = ENV.fetch("TOKEN_KEY")
  KEYS = { "2023" => ENV.fetch("TOKEN_KEY_2023"), "2024" => ENV.fetch("TOKEN_KEY_2024") }.freeze
  PUBLIC_KEY = OpenSSL::PKey.read(File.read("/etc/portal/login.pem"))

  def me
    claims, = JWT.decode(bearer, nil, false) # flaw: jwt
    render json: { user: claims["sub"] }
  end

  def me_verified
    claims, = JWT.decode(bearer, KEY, true, algorithm: "HS256") # fine: jwt
    render json: { user: claims["sub"] }
  end

  def session_role
    claims = TokenReader.new(verify_expiration: true).claims(bearer)
    render json: { role: claims["role"] }
  end

  def tenant
    check = Rails.env.test?
    options = { algorithm: "HS256" }
    claims, = JWT.decode(cookies[:tenant], KEY, check, options) # flaw: jwt
    render json: { tenant: claims["tenant"] }
  end

  def rotating
    _, header = JWT.decode(bearer, nil, false) # fine: jwt
    key = KEYS[header["kid"]]
    return head(:unauthorized) if key.nil?

    claims, = JWT.decode(bearer, key, true, algorithm: "HS256")
    render json: { user: claims["sub"] }
  end

  def partner
    return head(:forbidden) unless payload(bearer)["role"] == "partner" # flaw: jwt

    render json: { ok: true }
  end

  def partner_verified
    claims, = JWT.decode(bearer, PUBLIC_KEY, true, algorithms: ["RS256"], aud: "partners", verify_aud: true) # fine: jwt
    render json: { partner: claims["sub"] }
  end

  def guest
    render json: { token: JWT.encode({ sub: "guest", exp: 1.hour.from_now.to_i }, nil, "none") } # flaw: jwt
  end

  def guest_signed
    render json: { token: JWT.encode({ sub: "guest", exp: 1.hour.from_now.to_i }, KEY, "HS256") } # fine: jwt
  end

  def download
    allowed = %w[HS256]
    allowed << "none" if params[:preview]
    key = allowed.include?("none") ? nil : KEY
    claims, = JWT.decode(bearer, key, true, algorithms: allowed) # flaw: jwt
    send_file File.join("/srv/files", File.basename(claims["file"].to_s))
  end

  private

  def bearer
    request.headers["Authorization"].to_s.delete_prefix("Bearer ")
  end

  def payload(token)
    JSON.parse(Base64.urlsafe_decode64(token.split(".")[1].to_s))
  end
end
