# frozen_string_literal: true

require "base64"
require "jwt"
require "openssl"
require "securerandom"

TOKEN_KEY = "q8Zt2mVx71LrPbKe0sWnHy5uCdJa3fGo" # flaw: hard-coded-key
TOKEN_KEY_VARIABLE = "TOKEN_SIGNING_KEY" # fine: hard-coded-key
SESSION_KEY_NAME = "_portal_session_key" # fine: hard-coded-key

Rails.application.configure do
  config.session_store :cookie_store, key: SESSION_KEY_NAME, secure: true, httponly: true
  config.secret_key_base = "f3a1c7d95e2a48f3a6d40c8e7712fa93b1f0c7d95e2a48f3" # flaw: hard-coded-key
end

module Tokens
  module_function

  def issue(subject)
    JWT.encode({ sub: subject, exp: Time.now.to_i + 900 }, TOKEN_KEY, "HS256")
  end

  def issue_signed(subject)
    key = ENV.fetch(TOKEN_KEY_VARIABLE)
    JWT.encode({ sub: subject, exp: Time.now.to_i + 900 }, key, "HS256")
  end

  def partner_key
    OpenSSL::PKey.read(File.read("/run/secrets/partner.pem")) # fine: hard-coded-key
  end
end

class Vault
  def initialize
    @key = ["8f1d6a2be07c4493b5a1f2e6d3c809178f1d6a2be07c4493b5a1f2e6d3c80917"].pack("H*") # flaw: hard-coded-key
  end

  def seal(data)
    cipher = OpenSSL::Cipher.new("aes-256-gcm").encrypt
    cipher.key = @key
    nonce = cipher.random_iv
    nonce + cipher.update(data) + cipher.final + cipher.auth_tag
  end
end

class FileVault
  def initialize(path = "/run/secrets/storage_key")
    @key = Base64.strict_decode64(File.read(path).strip) # fine: hard-coded-key
  end

  def seal(data)
    cipher = OpenSSL::Cipher.new("aes-256-gcm").encrypt
    cipher.key = @key
    nonce = SecureRandom.random_bytes(12) # fine: hard-coded-key
    cipher.iv = nonce
    nonce + cipher.update(data) + cipher.final + cipher.auth_tag
  end
end

class BackupWriter
  def initialize(key)
    @key = key
  end

  def encrypt(data)
    cipher = OpenSSL::Cipher.new("aes-256-cbc").encrypt
    cipher.key = @key
    cipher.iv = "1032547698badcfe" # flaw: hard-coded-key
    cipher.update(data) + cipher.final
  end
end

class WebhookSigner
  OPTIONS = {
    digest: "SHA256",
    key: "whsec-7Hq2Lm9Xv4Rt" # flaw: hard-coded-key
  }.freeze

  def sign(body)
    OpenSSL::HMAC.hexdigest(OPTIONS[:digest], OPTIONS[:key], body)
  end
end

def derive_subkey(master)
  OpenSSL::KDF.hkdf(master, salt: "", info: "mail-export-v1-key", length: 32, hash: "SHA256") # fine: hard-coded-key
end
