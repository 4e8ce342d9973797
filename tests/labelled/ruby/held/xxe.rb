# frozen_string_literal: true

require "libxml"
require "nokogiri"
require "ox"
require "rexml/streamlistener"
require "rexml/document"
require "roda"

class SoapEnvelope
  def initialize(body)
    @body = body
    @options = Nokogiri::XML::ParseOptions::DEFAULT_XML
  end

  def with_entities
    @options |= Nokogiri::XML::ParseOptions::NOENT
    @options &= ~Nokogiri::XML::ParseOptions::NONET
    self
  end

  def action
    Nokogiri::XML::Document.parse(@body, nil, "UTF-8", @options).at("action")&.text # flaw: xxe
  end
end

class MessageEnvelope
  def initialize(body)
    @body = body
  end

  def action
    options = Nokogiri::XML::ParseOptions::STRICT | Nokogiri::XML::ParseOptions::NONET
    Nokogiri::XML::Document.parse(@body, nil, "UTF-8", options).at("action")&.text # fine: xxe
  end
end

class TitleListener < Nokogiri::XML::SAX::Document
  attr_reader :names

  def initialize
    super
    @names = []
  end

  def start_element(name, _attributes = [])
    @names << name
  end
end

class ImportApp < Roda
  plugin :json
  STYLE = "/opt/import/summary.xsl"

  def sax_names(body, entities)
    listener = TitleListener.new
    parser = Nokogiri::XML::SAX::Parser.new(listener)
    parser.parse(body) { |context| context.replace_entities = entities } # fine: xxe
    listener.names
  end

  route do |r|
    body = r.body.read

    r.post "soap" do
      envelope = r.params["v"] == "2" ? MessageEnvelope.new(body) : SoapEnvelope.new(body).with_entities
      { action: envelope.action }
    end

    r.post "office" do
      flags = LibXML::XML::Parser::Options::NOENT | LibXML::XML::Parser::Options::DTDLOAD
      document = LibXML::XML::Document.string(body, options: flags) # flaw: xxe
      { text: document.root.content }
    end

    r.post "office", "plain" do
      document = LibXML::XML::Document.string(body, options: LibXML::XML::Parser::Options::NONET) # fine: xxe
      { text: document.root.content }
    end

    r.post "names" do
      { names: sax_names(body, false) }
    end

    r.post "reader" do
      texts = []
      reader = Nokogiri::XML::Reader(body, nil, nil, Nokogiri::XML::ParseOptions::NOENT | Nokogiri::XML::ParseOptions::DTDLOAD) # flaw: xxe
      reader.each { |node| texts << node.value if node.value? }
      { texts: texts }
    end

    r.post "reader", "plain" do
      { count: Nokogiri::XML::Reader(body).count } # fine: xxe
    end

    r.post "fragment" do
      settings = Nokogiri::XML::ParseOptions.new.noent
      settings.dtdload
      settings.recover
      { text: Nokogiri.XML(body, nil, nil, settings).text } # flaw: xxe
    end

    r.post "hash" do
      { keys: Ox.load(body, mode: :hash).keys } # fine: xxe
    end

    r.get "style" do
      document = Nokogiri::XML(File.read(STYLE), STYLE, nil, Nokogiri::XML::ParseOptions::NOENT) # fine: xxe
      { root: document.root.name }
    end
  end
end
