# frozen_string_literal: true

require "active_support/message_encryptor"
require "attr_encrypted"
require "lockbox"
require "openssl"

class Box
  MODES = { fast: :ECB, auth: :GCM }.freeze

  def initialize(key)
    @key = key
  end

  def seal(data)
    cipher = OpenSSL::Cipher::AES.new(256, MODES[:auth]).encrypt # fine: weak-cipher
    cipher.key = @key
    nonce = cipher.random_iv
    body = cipher.update(data) + cipher.final
    nonce + cipher.auth_tag + body
  end

  def seal_quickly(data)
    cipher = OpenSSL::Cipher::AES.new(256, MODES[:fast]).encrypt # flaw: weak-cipher
    cipher.key = @key
    cipher.update(data) + cipher.final
  end
end

class Patient
  extend AttrEncrypted

  attr_encrypted :name, key: ->(_) { ENV.fetch("FIELD_KEY") }, algorithm: "aes-256-gcm" # fine: weak-cipher
  attr_encrypted :number, key: ->(_) { ENV.fetch("FIELD_KEY") }, algorithm: "des-cbc" # flaw: weak-cipher
end

class Sealer
  def initialize(secret)
    @secret = secret
  end

  def message(value)
    ActiveSupport::MessageEncryptor.new(@secret, cipher: "aes-256-gcm").encrypt_and_sign(value) # fine: weak-cipher
  end

  def note(value)
    options = { cipher: "bf-cbc", digest: "SHA256" }
    cipher = OpenSSL::Cipher.new(options[:cipher]).encrypt # flaw: weak-cipher
    cipher.key = @secret[0, cipher.key_len]
    iv = cipher.random_iv
    iv + cipher.update(value) + cipher.final
  end

  def file(io)
    Lockbox.new(key: @secret, algorithm: "xchacha20").encrypt_io(io) # fine: weak-cipher
  end
end

class KeyRing
  SIZES = { device: 768, server: 3072 }.freeze

  def device
    build(SIZES[:device])
  end

  def server
    OpenSSL::PKey::RSA.new(SIZES[:server]) # fine: weak-cipher
  end

  def signing
    OpenSSL::PKey.generate_key("ED25519") # fine: weak-cipher
  end

  def dsa
    OpenSSL::PKey::DSA.new(1024) # flaw: weak-cipher
  end

  private

  def build(bits)
    OpenSSL::PKey::RSA.generate(bits, 65_537) # flaw: weak-cipher
  end
end

def pack_folder(source, target)
  command = ["openssl", "enc", "-rc4", "-pbkdf2", "-in", source, "-out", target, "-pass", "env:PACK_SECRET"] # flaw: weak-cipher
  system(*command)
end

def pack_folder_again(source, target)
  command = ["gpg", "--symmetric", "--cipher-algo", "AES256", "--output", target, "--", source] # fine: weak-cipher
  system(*command)
end
