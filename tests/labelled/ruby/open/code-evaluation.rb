# frozen_string_literal: true

require "dentaku"

class Rule
  attr_reader :name

  def initialize(name, condition)
    @name = name
    @condition = condition
  end

  def matches?(order)
    order.instance_eval(@condition) # flaw: code-evaluation
  end
end

class Threshold
  FIELDS = %w[total weight items].freeze

  def initialize(field, limit)
    @field = field
    @limit = Float(limit)
  end

  def matches?(order)
    return false unless FIELDS.include?(@field)

    order.public_send(@field).to_f > @limit # fine: code-evaluation
  end
end

class AutomationController < ApplicationController
  EXPORTERS = { "csv" => "CsvExport", "xlsx" => "XlsxExport" }.freeze
  DERIVED = %w[total tax net].freeze

  DERIVED.each do |name|
    class_eval "def #{name}_of(row); row['#{name}'].to_i; end", __FILE__, __LINE__ # fine: code-evaluation
  end

  def calc
    render json: { value: eval(params[:expression]) } # flaw: code-evaluation
  end

  def calc_simple
    value = Dentaku::Calculator.new.evaluate(params[:expression].to_s[0, 80]) # fine: code-evaluation
    render json: { value: value }
  end

  def test_rule
    order = Order.find(params[:order_id])
    rule = if params[:kind] == "threshold"
             Threshold.new(params[:field], params[:limit])
           else
             Rule.new(params[:name], params[:condition])
           end
    render json: { matched: rule.matches?(order) }
  end

  def columns
    rows = Order.limit(20).map do |order|
      Array(params[:columns]).to_h do |column|
        [column, order.send(column)] # flaw: code-evaluation
      end
    end
    render json: rows
  end

  def script
    lines = ["result = nil"]
    lines.concat(Array(params[:steps]))
    lines << "result"
    render json: { result: run_lines(lines) }
  end

  def export
    name = EXPORTERS[params[:kind]]
    return head(:not_found) if name.nil?

    render json: name.constantize.new.rows # fine: code-evaluation
  end

  def plugin
    handler = params[:plugin].camelize.constantize # flaw: code-evaluation
    render json: handler.new.describe
  end

  def state
    order = Order.find(params[:id])
    event = params[:event] == "close" ? :close : :reopen
    order.send(event) # fine: code-evaluation
    head :no_content
  end

  private

  def run_lines(lines)
    source = lines.join("\n")
    TOPLEVEL_BINDING.dup.eval(source) # flaw: code-evaluation
  end
end
