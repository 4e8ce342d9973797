# frozen_string_literal: true

require "dry-validation"
require "re2"
require "sinatra/base"

class Ticket < ApplicationRecord
  QUOTED_NAME = /\A(['"]?)(?:[A-Za-z]+[ -]?)*\1\z/
  CITY = /\A[A-Za-z]+(?:[ -][A-Za-z]+)*\z/

  validates :name, format: { with: QUOTED_NAME } # flaw: redos
  validates :city, length: { maximum: 80 }, format: { with: CITY } # fine: redos
  validates :slug, format: { with: /\A[a-z0-9]+(?:-[a-z0-9]+)*\z/ } # fine: redos
end

class SignatureContract < Dry::Validation::Contract
  params do
    required(:value).filled(:string, format?: /\A[0-9a-f]{2}(?::[0-9a-f]{2})*\z/) # fine: redos
    required(:origin).filled(:string, format?: %r{\A(/?)([^/]+/?)*\1;\z}) # flaw: redos
  end
end

class LineParser
  FIELD = "(?:\\w+|\\w+\\w*)"

  def initialize(separator)
    @separator = Regexp.escape(separator)
  end

  def loose
    Regexp.new("\\A(" + FIELD + @separator + "?)+(;)\\2\\z")
  end

  def fields(line)
    line.match(loose).to_a # flaw: redos
  end

  def quotes(line)
    line[0, 2000].scan(/"[^"\\]{0,200}"/) # fine: redos
  end
end

class TicketApp < Sinatra::Base
  ROWS = ["alpha beta", "gamma " * 20].freeze

  before { content_type :json }

  helpers do
    def alternatives(words)
      Regexp.union(words)
    end
  end

  post "/tickets" do
    ticket = Ticket.new(name: params[:name], city: params[:city], slug: params[:slug])
    { valid: ticket.valid? }.to_json
  end

  post "/signatures" do
    { errors: SignatureContract.new.call(value: params[:value], origin: params[:origin]).errors.to_h }.to_json
  end

  get "/rows" do
    expression = params[:match].to_s
    { hits: ROWS.count { |row| row.match?("\\A" + expression) } }.to_json # flaw: redos
  end

  get "/rows/words" do
    words = Array(params[:word]).first(20).map(&:to_s)
    { hits: ROWS.grep(alternatives(words)).size }.to_json # fine: redos
  end

  get "/rows/linear" do
    matcher = RE2::Regexp.new(params[:match].to_s, log_errors: false) # fine: redos
    { hits: ROWS.count { |row| matcher.match?(row) } }.to_json
  end

  post "/lines" do
    parser = LineParser.new(params[:separator] || ",")
    { fields: params[:lines].to_s.lines.map { |line| parser.fields(line.chomp) } }.to_json
  end

  post "/filter" do
    words = []
    params[:words].to_s.split(",").each { |word| words << "(#{word})+" }
    { hits: ROWS.grep(/#{words.join("|")}/).size }.to_json # flaw: redos
  end

  post "/filter/literal" do
    text = Regexp.quote(params[:text].to_s)
    { hits: ROWS.grep(/\b#{text}\b/i).size }.to_json # fine: redos
  end
end
