# frozen_string_literal: true

class Letter
  DEFAULT = "Dear %<name>s, your order %<order>d is on its way."

  def initialize(template)
    @template = template
  end

  def text(values)
    format(@template, values) # flaw: format-string
  end

  def self.default_text(values)
    format(DEFAULT, values) # fine: format-string
  end
end

class LettersController < ApplicationController
  FORMATS = { "short" => "%<name>s", "long" => "%<name>s <%<mail>s>" }.freeze

  def greeting
    render plain: format(params[:pattern].to_s, account) # flaw: format-string
  end

  def greeting_default
    render plain: Letter.default_text(name: params[:name].to_s, order: params[:order].to_i)
  end

  def label
    parts = ["%<name>s"]
    Array(params[:parts]).each { |part| parts << part.to_s }
    pattern = parts.join(" - ")
    render plain: pattern % account # flaw: format-string
  end

  def label_values
    render plain: format("%s - %s", account[:name], Array(params[:parts]).join(" - ")) # fine: format-string
  end

  def display
    pattern = FORMATS.fetch(params[:style], "%<name>s")
    render plain: format(pattern, account.slice(:name, :mail)) # fine: format-string
  end

  def letter
    render plain: Letter.new(params[:template].to_s).text(account)
  end

  def replaced
    text = params[:template].to_s.gsub("{name}") { account[:name] } # fine: format-string
    render plain: text
  end

  def escaped
    prefix = params[:prefix].to_s.gsub("%", "%%")
    render plain: format(prefix + " %<name>s", account.slice(:name)) # fine: format-string
  end

  def padded
    width = params[:width].to_i.clamp(1, 80)
    render plain: format("%-#{width}s|", account[:name]) # fine: format-string
  end

  def report
    width = params[:width]
    lines = Order.limit(10).map { |order| sprintf("%#{width}s|%d", order.number, order.total) } # flaw: format-string
    render plain: lines.join("\n")
  end

  def trace
    $stderr.printf(params[:message].to_s.gsub(/[[:cntrl:]]/, " ") + "\n", account[:name]) # flaw: format-string
    head :no_content
  end

  private

  def account
    @account ||= Account.find(session[:account_id]).attributes.symbolize_keys
  end
end
