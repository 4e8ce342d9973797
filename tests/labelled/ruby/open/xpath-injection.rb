# frozen_string_literal: true

require "nokogiri"
require "rexml/document"

class StaffDirectory
  def initialize(path = "/srv/data/staff.xml")
    @document = Nokogiri::XML(File.read(path))
  end

  def first(expression)
    @document.at_xpath(expression) # flaw: xpath-injection
  end

  def authenticate(name, pin)
    first("//employee[name='" + name + "' and pin='" + pin + "']")
  end

  def by_badge(badge)
    @document.at_xpath("//employee[@badge=#{Integer(badge)}]") # fine: xpath-injection
  end
end

class BooksController < ApplicationController
  SECTIONS = %w[fiction science history].freeze
  ISBN = /\A[0-9X-]{10,17}\z/
  CATALOG = Nokogiri::XML(File.read("/srv/data/catalog.xml"))

  def by_author
    nodes = CATALOG.xpath("/catalog/book[author='#{params[:author]}' and @public='1']") # flaw: xpath-injection
    render json: titles(nodes)
  end

  def by_publisher
    nodes = CATALOG.xpath("/catalog/book[publisher=$name and @public='1']", nil, { "name" => params[:publisher].to_s }) # fine: xpath-injection
    render json: titles(nodes)
  end

  def search
    conditions = ["@public='1'"]
    %i[title series].each do |field|
      next if params[field].blank?

      conditions << format('contains(%s, "%s")', field, params[field])
    end
    render json: titles(CATALOG.search("/catalog/book[#{conditions.join(' and ')}]")) # flaw: xpath-injection
  end

  def section
    section = SECTIONS.find { |name| name == params[:section] } || "fiction"
    render json: titles(CATALOG.xpath("/catalog/book[@section='#{section}']")) # fine: xpath-injection
  end

  def by_isbn
    isbn = params[:isbn].to_s
    return head(:bad_request) unless ISBN.match?(isbn)

    render json: titles(CATALOG.xpath("//book[isbn='#{isbn}']")) # fine: xpath-injection
  end

  def archive
    document = REXML::Document.new(File.read("/srv/data/archive.xml"))
    column = params[:column] || "title"
    values = REXML::XPath.match(document, "/archive/book[@public='1']/" + column) # flaw: xpath-injection
    render json: values.map(&:text)
  end

  def archive_year
    document = REXML::Document.new(File.read("/srv/data/archive.xml"))
    values = REXML::XPath.match(document, "/archive/book[@year=$year]", {}, { "year" => params[:year].to_i }) # fine: xpath-injection
    render json: values.map { |node| node.elements["title"].text }
  end

  def clock_in
    employee = StaffDirectory.new.authenticate(params[:name].to_s, params[:pin].to_s)
    return head(:forbidden) unless employee

    render json: { badge: employee["badge"] }
  end

  def badge
    employee = StaffDirectory.new.by_badge(params[:badge])
    render json: { name: employee&.at("name")&.text }
  end

  private

  def titles(nodes)
    nodes.map { |node| node.at("title")&.text }
  end
end
