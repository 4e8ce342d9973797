# frozen_string_literal: true

require "json"
require "sinatra/base"

class Cell
  def initialize(formula)
    @formula = formula
  end

  def value(sheet)
    body = @formula.delete_prefix("=")
    sheet.instance_exec(&eval("proc { #{body} }")) # flaw: code-evaluation
  end
end

class LimitedCell
  OPERATIONS = { "+" => :+, "-" => :-, "*" => :* }.freeze

  def initialize(formula)
    @left, @operator, @right = formula.delete_prefix("=").split
  end

  def value(_sheet)
    Integer(@left).public_send(OPERATIONS.fetch(@operator), Integer(@right)) # fine: code-evaluation
  end
end

module Hooks
  FIELDS = %i[region amount].freeze

  FIELDS.each do |field|
    define_method("by_#{field}") { |rows| rows.group_by { |row| row[field] } } # fine: code-evaluation
  end

  def self.install(name, lines)
    source = "def #{name}(event)\n  #{lines.join("\n  ")}\nend"
    module_eval(source, __FILE__, __LINE__) # flaw: code-evaluation
  end

  def self.load_bundled
    instance_eval(File.read("/opt/dashboard/hooks/bundled.rb"), "bundled.rb") # fine: code-evaluation
  end
end

class Dashboard < Sinatra::Base
  AGGREGATES = %w[sum min max].freeze
  WIDGETS = { "chart" => :ChartWidget, "table" => :TableWidget }.freeze

  before { content_type :json }

  helpers do
    def amounts
      [4, 9, 16]
    end

    def body_hash
      JSON.parse(request.body.read)
    end
  end

  get "/formula" do
    formula = params[:formula].to_s
    cell = params[:mode] == "new" ? LimitedCell.new(formula) : Cell.new(formula)
    { value: cell.value(amounts) }.to_json
  end

  post "/hooks" do
    body = body_hash
    Hooks.install("run", body.fetch("lines"))
    { installed: true }.to_json
  end

  get "/aggregate/:name" do
    halt 404 unless AGGREGATES.include?(params[:name])
    { value: amounts.public_send(params[:name]) }.to_json # fine: code-evaluation
  end

  get "/reduce" do
    steps = params[:steps].to_s.split(",")
    result = steps.reduce(amounts) { |value, step| value.__send__(*step.split(":")) } # flaw: code-evaluation
    { value: result }.to_json
  end

  get "/widgets/:kind" do
    name = WIDGETS.fetch(params[:kind]) { halt 404 }
    { html: Object.const_get(name).new.render }.to_json # fine: code-evaluation
  end

  get "/gadgets" do
    { html: Object.const_get(params[:gadget].to_s).new(params[:argument]).to_s }.to_json # flaw: code-evaluation
  end

  post "/snippets" do
    snippet = params[:snippet].to_s
    program = RubyVM::InstructionSequence.compile(snippet)
    { value: program.eval.to_s }.to_json # flaw: code-evaluation
  end

  get "/syntax" do
    RubyVM::InstructionSequence.compile("1 + 1") # fine: code-evaluation
    { valid: true }.to_json
  end
end
