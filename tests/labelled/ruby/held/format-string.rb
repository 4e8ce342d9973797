# frozen_string_literal: true

require "i18n"
require "logger"
require "roda"

class Messages
  DEFAULTS = { "arrival" => "%<guest>s arrives on %<day>s", "leave" => "%<guest>s leaves on %<day>s" }.freeze

  def initialize(booking)
    @booking = booking
    @patterns = DEFAULTS.dup
  end

  def customize(patterns)
    @patterns.merge!(patterns)
    self
  end

  def render(name)
    @patterns.fetch(name) % @booking # flaw: format-string
  end

  def render_default(name)
    DEFAULTS.fetch(name) % @booking.slice(:guest, :day) # fine: format-string
  end
end

module Patterns
  FIELDS = %w[guest day].freeze

  module_function

  def plain?(pattern)
    rest = pattern.gsub(/%\{(\w+)\}/) { FIELDS.include?(Regexp.last_match(1)) ? "" : "%" }
    !rest.include?("%")
  end

  def expand(pattern, *values)
    Kernel.sprintf(pattern, *values) # flaw: format-string
  end
end

class BotApp < Roda
  plugin :json
  LOG = Logger.new($stdout)

  def booking
    { guest: "Ann", day: "friday", door_code: ENV.fetch("DOOR_CODE") }
  end

  route do |r|
    r.get "message" do
      { text: format(r.params["pattern"].to_s, booking) } # flaw: format-string
    end

    r.post "messages", String do |name|
      { text: Messages.new(booking).customize(r.params["patterns"]).render(name) }
    end

    r.get "messages", String do |name|
      { text: Messages.new(booking).render_default(name) }
    end

    r.post "custom" do
      pattern = r.params["pattern"].to_s
      r.halt [400, {}, []] unless Patterns.plain?(pattern)
      { text: format(pattern, guest: "Ann", day: "friday") } # fine: format-string
    end

    r.post "combined" do
      lines = Array(r.params["lines"]).map do |line|
        line.include?("%") ? Patterns.expand(line, booking) : line
      end
      { text: lines.join("\n") }
    end

    r.get "greeting" do
      pattern = r.params["prefix"].to_s + " %{guest}, welcome"
      { text: pattern.%(booking) } # flaw: format-string
    end

    r.get "translated" do
      { text: I18n.t("bot.welcome", name: r.params["guest"].to_s) } # fine: format-string
    end

    r.get "price" do
      { text: format("%.2f %s", r.params["price"].to_f, r.params["currency"].to_s) } # fine: format-string
    end

    r.get "aligned" do
      { text: format("%-*s|", r.params["width"].to_i.clamp(1, 60), "Ann") } # fine: format-string
    end

    r.get "counted" do
      count = r.params["count"].to_i
      LOG.info(format("counted %d", count)) # fine: format-string
      { count: count }
    end
  end
end
