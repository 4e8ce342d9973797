# frozen_string_literal: true

require "digest"
require "openssl"
require "securerandom"
require "sequel"

class CodeMaker
  def initialize(source = Random)
    @source = source
  end

  def digits(length = 6)
    code = +""
    length.times { code << @source.rand(10).to_s } # flaw: weak-random
    code
  end

  def challenge(length = 8)
    SecureRandom.alphanumeric(length) # fine: weak-random
  end
end

class Account < Sequel::Model
  SYMBOLS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789".chars.freeze

  def before_create
    self.api_key = OpenSSL::Random.random_bytes(24).unpack1("H*") # fine: weak-random
    super
  end

  def start_recovery
    srand(id)
    update(recovery: rand(10**20).to_s(36)) # flaw: weak-random
  end

  def start_device
    update(device_secret: Digest::SHA256.hexdigest(Time.now.to_f.to_s)) # flaw: weak-random
  end

  def restart_recovery
    update(recovery: SecureRandom.uuid) # fine: weak-random
  end

  def voucher
    letters = 10.times.map { SYMBOLS[Random.rand(SYMBOLS.length)] } # flaw: weak-random
    add_voucher(code: letters.join, amount: 50)
  end

  def long_voucher
    letters = Array.new(16) { SYMBOLS[SecureRandom.random_number(SYMBOLS.length)] } # fine: weak-random
    add_voucher(code: letters.join, amount: 50)
  end
end

def salted(password)
  salt = Random.bytes(16) # flaw: weak-random
  [salt, OpenSSL::KDF.pbkdf2_hmac(password, salt: salt, iterations: 600_000, length: 32, hash: "SHA256")]
end

def salted_again(password)
  salt = Random.urandom(16) # fine: weak-random
  [salt, OpenSSL::KDF.pbkdf2_hmac(password, salt: salt, iterations: 600_000, length: 32, hash: "SHA256")]
end

def simulate_arrivals(rate, hours)
  generator = Random.new(7)
  Array.new(hours) { (-Math.log(1 - generator.rand) / rate).round(3) } # fine: weak-random
end

def bootstrap_mean(samples, rounds = 200)
  means = Array.new(rounds) { Array.new(samples.size) { samples.sample }.sum / samples.size } # fine: weak-random
  means.sort[rounds / 2]
end

def quiz_order(questions)
  questions.shuffle(random: Random.new(questions.size)) # fine: weak-random
end
