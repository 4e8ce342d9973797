# frozen_string_literal: true

require "active_support/message_verifier"
require "aws-sdk-kms"
require "lockbox"
require "openssl"
require "rack/session"
require "rbnacl"
require "securerandom"
require "sinatra/base"

SIGNING_PURPOSE = "licence-activation" # fine: hard-coded-key
VERIFY_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" # fine: hard-coded-key
KEY_ID = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" # fine: hard-coded-key

# flaw: hard-coded-key
DEVICE_KEY_PEM = <<~PEM
  -----BEGIN EC PRIVATE KEY-----
  MHcCAQEEIOX3bDqgkV0k9uJmY5yTn1pQ7sLwR2aZcVf8hGdE6iKjoAoGCCqGSM49
  AwEHoUQDQgAEx1Tq0pWvYk3mZ7rLfB8sJdGn5hUoQe2cKyXa9iVtRlN4wMzPbDuE
  6gHjS0fCkA7vTq3ZyLnWpX8mRiB1oYhUeQ==
  -----END EC PRIVATE KEY-----
PEM

class LicenceApp < Sinatra::Base
  use Rack::Session::Cookie, key: "licence.session", secure: true, httponly: true,
                             secret: "Zk3nPa77uVw1Xo90Zk3nPa77uVw1Xo90Zk3nPa77uVw1Xo90Zk3nPa77uVw1Xo90" # flaw: hard-coded-key

  get "/activate" do
    verifier.generate(params[:customer].to_s, purpose: SIGNING_PURPOSE)
  end

  helpers do
    def verifier
      secret = ENV["LINK_SECRET"] || "fallback-Lx82-Dn61-Qq04" # flaw: hard-coded-key
      ActiveSupport::MessageVerifier.new(secret)
    end
  end
end

class StoreApp < Sinatra::Base
  use Rack::Session::Cookie, key: "store.session", secure: true, httponly: true,
                             secret: ENV.fetch("STORE_SECRET") # fine: hard-coded-key

  get "/" do
    "store"
  end
end

class LicenceBox
  def initialize(key = RbNaCl::Random.random_bytes(32)) # fine: hard-coded-key
    @box = RbNaCl::SecretBox.new(key)
  end

  def seal(text)
    nonce = "\0" * @box.nonce_bytes # flaw: hard-coded-key
    @box.encrypt(nonce, text)
  end

  def seal_again(text)
    nonce = RbNaCl::Random.random_bytes(@box.nonce_bytes)
    nonce + @box.encrypt(nonce, text)
  end
end

class FieldBox
  PARTS = %w[0c1f9e6b 7d3a42e8 5f60b7c1 d2948a3e 0c1f9e6b 7d3a42e8 5f60b7c1 d2948a3e].freeze # flaw: hard-coded-key

  def initialize
    @box = Lockbox.new(key: PARTS.join)
  end

  def seal(text)
    @box.encrypt(text)
  end
end

def device_key
  OpenSSL::PKey.read(DEVICE_KEY_PEM)
end

def data_key
  Aws::KMS::Client.new.generate_data_key(key_id: KEY_ID, key_spec: "AES_256").plaintext
end

def release_valid?(signature, message)
  RbNaCl::VerifyKey.new([VERIFY_KEY].pack("H*")).verify(signature, message)
end

def customer_box
  Lockbox.new(key: File.read("/run/secrets/customer_key").strip) # fine: hard-coded-key
end
