# frozen_string_literal: true

require "json"
require "logger"

LOG = Logger.new("/var/log/shop/app.log", formatter: proc { |_, time, _, message| "#{time} #{message}\n" })

class AuditTrail
  def initialize(logger)
    @logger = logger
    @fields = []
  end

  def field(name, value)
    @fields << "#{name}=#{value}"
    self
  end

  def write
    @logger.info(@fields.join(" ")) # flaw: log-injection
  end
end

class JsonTrail
  def initialize(logger)
    @logger = logger
    @fields = {}
  end

  def field(name, value)
    @fields[name] = value
    self
  end

  def write
    @logger.info(JSON.generate(@fields)) # fine: log-injection
  end
end

class ShopController < ApplicationController
  ORDER = /\A[A-Z]{2}\d{8}\z/
  ACTIONS = %w[create update remove].freeze

  def login
    LOG.info("login attempt by #{params[:user]}") # flaw: log-injection
    head :no_content
  end

  def login_flat
    LOG.info("login attempt by #{flat(params[:user])}") # fine: log-injection
    head :no_content
  end

  def search
    term = params[:q].to_s
    shown = term.length > 40 ? "#{term[0, 40]}..." : term
    LOG.info { "search term " + shown } # flaw: log-injection
    render json: []
  end

  def search_quoted
    LOG.info("search term #{params[:q].to_s[0, 40].dump}") # fine: log-injection
    render json: []
  end

  def order
    number = params[:number].to_s
    return head(:not_found) unless ORDER.match?(number)

    LOG.info("order #{number} shown") # fine: log-injection
    render json: { order: number }
  end

  def page
    LOG.info("order page #{params[:page].to_i}") # fine: log-injection
    render json: []
  end

  def refuse
    failure(format("refused %s from %s", params[:user], params[:station]))
  end

  def track
    trail = params[:plain] ? AuditTrail.new(LOG) : JsonTrail.new(LOG)
    trail.field("action", params[:event].to_s).field("comment", params[:comment].to_s)
    trail.write
    head :no_content
  end

  def named
    return head(:not_found) unless ACTIONS.include?(params[:name])

    LOG.info("action #{params[:name]}") # fine: log-injection
    head :no_content
  end

  def agents
    names = Array(params[:names]).map(&:strip)
    File.open("/var/log/shop/agents.log", "a") { |file| file.puts(names.join(",")) } # flaw: log-injection
    head :no_content
  end

  private

  def flat(value)
    value.to_s.gsub(/[[:cntrl:]]/, "?")
  end

  def failure(message)
    LOG.warn(message) # flaw: log-injection
    head :forbidden
  end
end
