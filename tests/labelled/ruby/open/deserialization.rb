# frozen_string_literal: true

require "base64"
require "json"
require "oj"
require "openssl"
require "yaml"

class Preferences
  def initialize(blob)
    @blob = blob
  end

  def decode
    raw = Base64.decode64(@blob)
    Marshal.load(raw) # flaw: deserialization
  end

  def decode_text
    JSON.parse(Base64.decode64(@blob)) # fine: deserialization
  end
end

class StateController < ApplicationController
  KEY = ENV.fetch("STATE_KEY")
  MODEL_FILE = "/opt/app/models/ranking.bin"

  def cart
    items = Marshal.load(request.raw_post) # flaw: deserialization
    render json: { count: items.size }
  end

  def preferences
    cookie = cookies[:prefs]
    return render(json: {}) if cookie.blank?

    render json: { theme: Preferences.new(cookie).decode[:theme] }
  end

  def preferences_text
    cookie = cookies[:prefs2]
    return render(json: {}) if cookie.blank?

    render json: { theme: Preferences.new(cookie).decode_text["theme"] }
  end

  def pipeline
    upload = params[:pipeline]
    text = upload.respond_to?(:read) ? upload.read : upload.to_s
    definition = YAML.unsafe_load(text) # flaw: deserialization
    render json: { steps: definition["steps"].size }
  end

  def settings
    values = YAML.safe_load(request.raw_post, permitted_classes: [Date], aliases: false) # fine: deserialization
    render json: { keys: values.keys }
  end

  def events
    entries = []
    params[:events].to_s.each_line do |line|
      entries << Oj.load(line, mode: :object) # flaw: deserialization
    end
    render json: { count: entries.size }
  end

  def events_plain
    entries = params[:events].to_s.each_line.map { |line| Oj.strict_load(line) } # fine: deserialization
    render json: { count: entries.size }
  end

  def signed
    payload = Base64.strict_decode64(params[:state].to_s)
    expected = OpenSSL::HMAC.hexdigest("SHA256", KEY, payload)
    return head(:forbidden) unless ActiveSupport::SecurityUtils.secure_compare(expected, params[:tag].to_s)

    render json: { step: Marshal.load(payload)[:step] } # fine: deserialization
  end

  def model
    ranking = Marshal.load(File.binread(MODEL_FILE)) # fine: deserialization
    render json: { version: ranking.version }
  end

  def import
    render json: { rows: parse(params[:format_name], request.raw_post).size }
  end

  private

  def parse(kind, data)
    return JSON.parse(data) unless kind == "native"

    JSON.load(data, nil, create_additions: true) # flaw: deserialization
  end
end
