# frozen_string_literal: true

require "digest"
require "openssl"
require "securerandom"

class TokenFactory
  ALPHABET = [*"A".."Z", *"a".."z", *"0".."9"].freeze

  def initialize(length = 32)
    @length = length
    @generator = Random.new(Time.now.to_i)
  end

  def api_token
    token = +""
    token << ALPHABET[@generator.rand(ALPHABET.size)] while token.size < @length # flaw: weak-random
    token
  end

  def session_id
    SecureRandom.hex(@length) # fine: weak-random
  end

  def invitation_code
    Array.new(20) { ALPHABET.sample(random: SecureRandom) }.join # fine: weak-random
  end

  def temporary_password
    ALPHABET.shuffle.first(12).join # flaw: weak-random
  end
end

class Deck
  def initialize
    @cards = %w[S H D C].product((1..13).to_a)
  end

  def shuffled
    @cards.shuffle # fine: weak-random
  end
end

class PasswordsController < ApplicationController
  COLORS = %w[#7fb3d5 #f7dc6f #82e0aa].freeze

  def forgot
    account = Account.find_by!(email: params[:email].to_s)
    token = Digest::SHA256.hexdigest("#{account.id}#{rand}") # flaw: weak-random
    account.update!(reset_token: token)
    head :accepted
  end

  def forgot_again
    account = Account.find_by!(email: params[:email].to_s)
    account.update!(reset_token: SecureRandom.urlsafe_base64(32)) # fine: weak-random
    head :accepted
  end

  def confirm
    code = numeric_code(6)
    current_account.update!(confirm_code: code)
    head :accepted
  end

  def confirm_again
    current_account.update!(confirm_code: format("%06d", SecureRandom.random_number(1_000_000))) # fine: weak-random
    head :accepted
  end

  def color
    render json: { color: COLORS.sample } # fine: weak-random
  end

  private

  def numeric_code(length)
    Array.new(length) { Kernel.rand(10) }.join # flaw: weak-random
  end
end

def encryption_key
  Random.new.bytes(32) # flaw: weak-random
end

def storage_key
  OpenSSL::Random.random_bytes(32) # fine: weak-random
end

def retry_delay(attempt)
  [60, 2**attempt].min + rand # fine: weak-random
end
