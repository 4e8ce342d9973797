# frozen_string_literal: true

require "grape"
require "json"
require "logger"
require "semantic_logger"
require "sinatra/base"
require "syslog/logger"

PLAIN = Logger.new("/var/log/delivery/delivery.log")
PLAIN.formatter = ->(severity, time, _name, message) { "#{time.utc} #{severity} #{message}\n" }

STRUCTURED = Logger.new("/var/log/delivery/delivery.json")
STRUCTURED.formatter = ->(severity, time, _name, message) { "#{JSON.generate(severity: severity, time: time, message: message)}\n" }

module Printable
  module_function

  def clean(text, limit = 200)
    text.to_s[0, limit].gsub(/[^[:print:]]/, "")
  end
end

class AuditFile
  def initialize(path = "/var/log/delivery/audit.log")
    @path = path
  end

  def append(actor, action)
    File.write(@path, line(actor, action), mode: "a") # flaw: log-injection
  end

  private

  def line(actor, action)
    "#{Time.now.utc} #{actor} #{action}\n"
  end
end

class ParcelApi < Grape::API
  format :json
  LEVELS = { "low" => Logger::INFO, "high" => Logger::WARN }.freeze

  get "parcel" do
    PLAIN.info("parcel requested: " + params[:code].to_s) # flaw: log-injection
    { ok: true }
  end

  post "parcel" do
    AuditFile.new.append(params[:actor].to_i, params[:action])
    { ok: true }
  end

  put "parcel" do
    PLAIN.info("parcel changed: #{Printable.clean(params[:code])}") # fine: log-injection
    { ok: true }
  end

  post "complaint" do
    summary = +"complaint"
    params[:text].to_s.split(";").each_with_index { |part, index| summary << " | #{index}: #{part}" }
    PLAIN.add(LEVELS.fetch(params[:level], Logger::INFO), summary) # flaw: log-injection
    { ok: true }
  end

  post "praise" do
    STRUCTURED.info("praise: #{params[:text]}") # fine: log-injection
    { ok: true }
  end

  params { requires :parcel, type: Integer }
  get "track" do
    PLAIN.info(format("tracking %d", params[:parcel])) # fine: log-injection
    { parcel: params[:parcel] }
  end

  params { requires :name, type: String, regexp: /\A[[:alnum:]]{1,40}\z/ }
  get "route" do
    PLAIN.info("route #{params[:name]}") # fine: log-injection
    { ok: true }
  end
end

class CourierApp < Sinatra::Base
  ALERTS = Syslog::Logger.new("delivery")

  get "/courier" do
    agent = request.user_agent
    $stderr.puts "courier #{params[:name]} via #{agent}" # flaw: log-injection
    "ok"
  end

  post "/signature" do
    signer = params.fetch(:signer, "?")
    begin
      Integer(params[:size]).to_s
    rescue ArgumentError, TypeError
      PLAIN.error { "no size from #{signer}" } # flaw: log-injection
      halt 400
    end
  end

  post "/alarm" do
    ALERTS.warn("alarm " + params[:text].to_s.inspect) # fine: log-injection
    "ok"
  end

  post "/depot" do
    SemanticLogger["depot"].info("depot report", code: params[:code].to_i) # fine: log-injection
    "ok"
  end
end
