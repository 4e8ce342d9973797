# frozen_string_literal: true

require "libxml"
require "nokogiri"
require "rexml/document"

class FeedReader
  OPTIONS = Nokogiri::XML::ParseOptions::NOENT | Nokogiri::XML::ParseOptions::DTDLOAD

  def initialize(data)
    @document = Nokogiri::XML(data, nil, nil, OPTIONS) # flaw: xxe
  end

  def titles
    @document.xpath("//title").map(&:text)
  end
end

class ManifestReader
  OPTIONS = Nokogiri::XML::ParseOptions::NONET | Nokogiri::XML::ParseOptions::RECOVER

  def initialize(data)
    @document = Nokogiri::XML(data, nil, nil, OPTIONS) # fine: xxe
  end

  def titles
    @document.xpath("//title").map(&:text)
  end
end

class ImportsController < ApplicationController
  SCHEMA = "/opt/app/schema/order.xml"

  def orders
    document = Nokogiri::XML(request.raw_post) { |config| config.noent.dtdload } # flaw: xxe
    render json: { customer: document.at("customer")&.text }
  end

  def orders_plain
    document = Nokogiri::XML(request.raw_post) # fine: xxe
    render json: { customer: document.at("customer")&.text }
  end

  def orders_strict
    document = Nokogiri::XML(request.raw_post) { |config| config.strict.nonet } # fine: xxe
    render json: { customer: document.at("customer")&.text }
  end

  def catalog
    body = params[:catalog].read
    parser = LibXML::XML::Parser.string(body, options: parser_options(params[:compact])) # flaw: xxe
    render json: { root: parser.parse.root.content }
  end

  def feeds
    reader = params[:kind] == "manifest" ? ManifestReader.new(request.raw_post) : FeedReader.new(request.raw_post)
    render json: { titles: reader.titles }
  end

  def notes
    document = REXML::Document.new(request.raw_post) # fine: xxe
    render json: { root: document.root.name }
  end

  def events
    options = Nokogiri::XML::ParseOptions.new
    options.dtdload if params[:dtd] != "no"
    options.noent
    document = Nokogiri::XML::Document.parse(request.raw_post, nil, nil, options) # flaw: xxe
    render json: { text: document.text }
  end

  def schema
    document = Nokogiri::XML(File.read(SCHEMA)) { |config| config.noent.dtdload } # fine: xxe
    render json: { elements: document.root.elements.map(&:name) }
  end

  private

  def parser_options(compact)
    options = LibXML::XML::Parser::Options::NOENT | LibXML::XML::Parser::Options::DTDLOAD
    options |= LibXML::XML::Parser::Options::NOBLANKS if compact
    options
  end
end
