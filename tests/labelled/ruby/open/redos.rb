# frozen_string_literal: true

class FieldValidator
  def initialize(pattern, limit: nil)
    @pattern = pattern
    @limit = limit
  end

  def accepts?(value)
    return false if @limit && value.length > @limit

    @pattern.match?(value)
  end
end

class FormsController < ApplicationController
  REPEATED_WORD = /\A((\w+)\s?)*\2!\z/ # flaw: redos
  EMAIL = /\A[a-zA-Z0-9._-]{1,64}@[a-z0-9-]{1,63}\.[a-z]{2,10}\z/ # fine: redos
  TAGS = /\A[a-z]+(?:,[a-z]+)*\z/ # fine: redos
  VERSION = /\d{1,4}\.\d{1,4}/

  def subscribe
    return head(:bad_request) unless EMAIL.match?(params[:email].to_s)

    render json: { ok: true }
  end

  def motto
    render json: { valid: REPEATED_WORD.match?(params[:motto].to_s) }
  end

  def tags
    render json: { valid: FieldValidator.new(TAGS).accepts?(params[:tags].to_s) }
  end

  def grep
    pattern = Regexp.new(params[:pattern].to_s) # flaw: redos
    render json: { lines: sample_lines.grep(pattern) }
  end

  def grep_literal
    pattern = Regexp.new(Regexp.escape(params[:pattern].to_s), Regexp::IGNORECASE) # fine: redos
    render json: { lines: sample_lines.grep(pattern) }
  end

  def grep_timed
    pattern = Regexp.new(params[:pattern].to_s[0, 80], timeout: 0.1) # fine: redos
    render json: { lines: sample_lines.grep(pattern) }
  rescue RegexpError, Regexp::TimeoutError
    head :bad_request
  end

  def columns
    expression = Array(params[:columns]).map { |column| "(#{column})" }.join("|")
    found = sample_lines.select { |line| line =~ /\A#{expression}\z/ } # flaw: redos
    render json: { count: found.size }
  end

  def codes
    pattern = list_pattern("[A-Z]+", "-")
    render json: { valid: pattern.match?(params[:code].to_s) }
  end

  def short_code
    value = params[:code].to_s
    return head(:bad_request) if value.length > 12

    render json: { valid: value.match?(/\A(?:[A-Z]+-?)+\z/) } # fine: redos
  end

  def quoted
    text = params[:text].to_s
    render json: { text: text.gsub(/(['"])((\w|\w\w)+)*\1;/, "") } # flaw: redos
  end

  def version
    render json: { version: request.user_agent.to_s[0, 200][VERSION] }
  end

  private

  def list_pattern(item, separator)
    Regexp.new("\\A(['\"]?)(" + item + separator + "*)+\\1!\\z") # flaw: redos
  end

  def sample_lines
    ["start of service", "a" * 40 + "!", "end of service"]
  end
end
