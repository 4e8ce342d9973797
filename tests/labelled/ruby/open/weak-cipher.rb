# frozen_string_literal: true

require "openssl"
require "rbnacl"

class FieldEncryptor
  def initialize(key)
    @key = key
  end

  def encrypt(text)
    cipher = OpenSSL::Cipher.new("aes-256-ecb") # flaw: weak-cipher
    cipher.encrypt
    cipher.key = @key
    cipher.update(text) + cipher.final
  end

  def encrypt_column(text)
    cipher = OpenSSL::Cipher.new("aes-256-gcm") # fine: weak-cipher
    cipher.encrypt
    cipher.key = @key
    nonce = cipher.random_iv
    cipher.auth_data = ""
    body = cipher.update(text) + cipher.final
    nonce + cipher.auth_tag + body
  end
end

class ArchiveEncryptor
  ALGORITHM = "des-ede3-cbc"
  SETTINGS = { bits: 256, mode: "gcm" }.freeze

  def initialize(key)
    @key = key
  end

  def encrypt(data)
    cipher = OpenSSL::Cipher.new(ALGORITHM) # flaw: weak-cipher
    cipher.encrypt
    cipher.key = @key
    iv = cipher.random_iv
    iv + cipher.update(data) + cipher.final
  end

  def encrypt_chunks(chunks)
    cipher = OpenSSL::Cipher.new("aes-#{SETTINGS[:bits]}-#{SETTINGS[:mode]}") # fine: weak-cipher
    cipher.encrypt
    cipher.key = @key
    nonce = cipher.random_iv
    body = chunks.map { |chunk| cipher.update(chunk) }.join + cipher.final
    nonce + cipher.auth_tag + body
  end
end

module Keys
  CLIENT_BITS = 1024
  AUTHORITY_BITS = 4096

  module_function

  def client
    OpenSSL::PKey::RSA.new(CLIENT_BITS) # flaw: weak-cipher
  end

  def authority
    OpenSSL::PKey::RSA.generate(AUTHORITY_BITS) # fine: weak-cipher
  end

  def signing
    OpenSSL::PKey::EC.generate("prime256v1") # fine: weak-cipher
  end

  def exchange(size = 512)
    OpenSSL::PKey::DH.new(size) # flaw: weak-cipher
  end
end

def encrypt_stream(key, blocks)
  cipher = OpenSSL::Cipher.new("rc4") # flaw: weak-cipher
  cipher.encrypt
  cipher.key = key
  blocks.map { |block| cipher.update(block) }.join
end

def encrypt_message(key, message)
  box = RbNaCl::SimpleBox.from_secret_key(key) # fine: weak-cipher
  box.encrypt(message)
end

def encrypt_packet(key, packet, associated)
  cipher = OpenSSL::Cipher.new("chacha20-poly1305") # fine: weak-cipher
  cipher.encrypt
  cipher.key = key
  nonce = cipher.random_iv
  cipher.auth_data = associated
  body = cipher.update(packet) + cipher.final
  nonce + cipher.auth_tag + body
end
