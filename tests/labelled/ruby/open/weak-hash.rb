# frozen_string_literal: true

require "bcrypt"
require "digest"
require "openssl"
require "zlib"

class Account
  ROUNDS = 600_000
  attr_accessor :digest, :salt

  def password=(password)
    self.digest = Digest::MD5.hexdigest(password) # flaw: weak-hash
  end

  def matches?(password)
    hasher = OpenSSL::Digest.new("SHA1") # flaw: weak-hash
    hasher << salt
    hasher << password
    OpenSSL.secure_compare(hasher.hexdigest, digest)
  end
end

class Member
  attr_reader :digest

  def initialize
    @salt = OpenSSL::Random.random_bytes(16)
  end

  def password=(password)
    @digest = OpenSSL::KDF.pbkdf2_hmac(password, salt: @salt, iterations: Account::ROUNDS, length: 32, hash: "SHA256") # fine: weak-hash
  end

  def pin=(pin)
    @pin = BCrypt::Password.create(pin, cost: 12) # fine: weak-hash
  end
end

module Checks
  SIGNATURE_DIGEST = "MD5"
  RELEASE_DIGEST = "SHA256"

  module_function

  def verify_download(path, expected)
    OpenSSL.secure_compare(Digest::SHA1.file(path).hexdigest, expected) # flaw: weak-hash
  end

  def verify_package(path, expected)
    OpenSSL.secure_compare(Digest::SHA256.file(path).hexdigest, expected) # fine: weak-hash
  end

  def sign_document(key, document)
    key.sign(OpenSSL::Digest.new(SIGNATURE_DIGEST), document) # flaw: weak-hash
  end

  def sign_release(key, document)
    key.sign(OpenSSL::Digest.new(RELEASE_DIGEST), document) # fine: weak-hash
  end

  def reset_token(account_id, email, issued_at)
    material = [account_id, email, issued_at].join(":")
    Digest::MD5.hexdigest(material) # flaw: weak-hash
  end

  def cache_key(template, context)
    "fragment/" + Digest::MD5.hexdigest(template + context.sort.inspect) # fine: weak-hash
  end

  def shard_for(customer_id, shards)
    Zlib.crc32(customer_id.to_s) % shards # fine: weak-hash
  end

  def asset_etag(content)
    %("#{Digest::SHA1.hexdigest(content)[0, 16]}") # fine: weak-hash
  end

  def webhook_tag(secret, body)
    OpenSSL::HMAC.hexdigest("SHA256", secret, body) # fine: weak-hash
  end
end
