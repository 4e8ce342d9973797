# frozen_string_literal: true

require "argon2"
require "digest/md5"
require "digest/sha1"
require "openssl"
require "rbnacl"
require "zlib"

class UserStore
  HASHERS = { legacy: Digest::SHA1, current: Digest::SHA512 }.freeze

  def initialize
    @users = {}
  end

  def add(name, password)
    salt = OpenSSL::Random.random_bytes(8)
    @users[name] = salt + HASHERS.fetch(:legacy).digest(salt + password) # flaw: weak-hash
  end

  def add_directory(name, password)
    @users[name] = "{MD5}" + [OpenSSL::Digest::MD5.digest(password)].pack("m0") # flaw: weak-hash
  end

  def add_unix(name, password)
    salt = OpenSSL::Random.random_bytes(6).unpack1("H*")[0, 2]
    @users[name] = password.crypt(salt) # flaw: weak-hash
  end
end

class MemberStore
  def initialize
    @users = {}
  end

  def add(name, password)
    @users[name] = Argon2::Password.new(t_cost: 3, m_cost: 16).create(password) # fine: weak-hash
  end

  def add_scrypt(name, password)
    salt = OpenSSL::Random.random_bytes(16)
    @users[name] = salt + OpenSSL::KDF.scrypt(password, salt: salt, N: 2**15, r: 8, p: 1, length: 32) # fine: weak-hash
  end
end

class Issuer
  def initialize(key, name)
    @key = key
    @name = name
  end

  def certificate(subject, old_clients: false)
    certificate = OpenSSL::X509::Certificate.new
    certificate.subject = subject
    certificate.issuer = @name
    certificate.public_key = @key.public_key
    algorithm = OpenSSL::Digest.new("SHA384") # fine: weak-hash
    algorithm = OpenSSL::Digest.new("SHA1") if old_clients # flaw: weak-hash
    certificate.sign(@key, algorithm)
  end

  def licence(text)
    @key.sign("SHA256", text) # fine: weak-hash
  end
end

def request_tag(user, path, secret)
  material = [user, path, secret].join("|")
  OpenSSL::Digest.hexdigest("MD5", material) # flaw: weak-hash
end

def signed_request_tag(path, secret)
  OpenSSL::HMAC.base64digest("SHA512", secret, path) # fine: weak-hash
end

def bucket_of(key, buckets = 64)
  Zlib.adler32(key) % buckets # fine: weak-hash
end

def chunk_identifier(chunk)
  RbNaCl::Hash.blake2b(chunk, digest_size: 32).unpack1("H*") # fine: weak-hash
end

def gravatar_address(mail)
  "https://www.gravatar.com/avatar/" + Digest::MD5.hexdigest(mail.strip.downcase) # fine: weak-hash
end

def thumbnail_name(address, width)
  "#{Digest::SHA1.base64digest(address).tr('+/=', '-_')}-#{width}.webp" # fine: weak-hash
end
