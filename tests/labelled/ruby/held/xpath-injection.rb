# frozen_string_literal: true

require "libxml"
require "nokogiri"
require "ox"
require "rexml/document"
require "sinatra/base"

class Timetable
  SPACE = { "n" => "urn:transit:network" }.freeze

  def initialize(document)
    @document = document
    @steps = ["//n:trip"]
  end

  def on(day)
    @steps << "[@day='#{day}']"
    self
  end

  def ending_at(stop)
    @steps << "[n:stop[last()]/@code='" + stop + "']"
    self
  end

  def trips
    @document.xpath(@steps.join, SPACE) # flaw: xpath-injection
  end

  def departures(code)
    raise ArgumentError, code unless code.match?(/\A[A-Z]{3}\d{1,4}\z/)

    @document.xpath("//n:departure[@stop='#{code}']", SPACE) # fine: xpath-injection
  end
end

class Drivers
  def initialize
    @document = REXML::Document.new(File.read("/srv/transit/drivers.xml"))
  end

  def sign_in(badge, secret)
    @document.elements["//driver[@badge='#{badge}'][@secret='#{secret}']"] # flaw: xpath-injection
  end

  def known?(badge)
    REXML::XPath.first(@document, "//driver[@badge=$badge]", {}, { "badge" => badge }) # fine: xpath-injection
  end

  def at_depot(depot)
    @document.elements.to_a("//driver").select { |driver| driver.attributes["depot"] == depot } # fine: xpath-injection
  end
end

class TransitApp < Sinatra::Base
  NETWORK = Nokogiri::XML(File.read("/srv/transit/network.xml"))
  KINDS = { "bus" => "//n:line[@kind='bus']", "tram" => "//n:line[@kind='tram']" }.freeze

  before { content_type :json }

  get "/trips" do
    timetable = Timetable.new(NETWORK).on(params[:day] || "mon")
    timetable.ending_at(params[:stop]) if params[:stop]
    timetable.trips.map { |trip| trip["id"] }.to_json
  end

  get "/departures/:code" do
    Timetable.new(NETWORK).departures(params[:code]).map { |node| node["time"] }.to_json
  end

  get "/lines/:number" do
    NETWORK.xpath("//n:line[@number=%d]" % Integer(params[:number], 10), Timetable::SPACE).map { |l| l["name"] }.to_json # fine: xpath-injection
  end

  get "/kinds/:kind" do
    expression = KINDS.fetch(params[:kind]) { halt 404 }
    NETWORK.xpath(expression, Timetable::SPACE).size.to_json # fine: xpath-injection
  end

  post "/drivers" do
    driver = Drivers.new.sign_in(params[:badge], params[:secret])
    halt 403 if driver.nil?
    { name: driver.attributes["name"] }.to_json
  end

  get "/drivers/:badge" do
    { known: !Drivers.new.known?(params[:badge]).nil? }.to_json
  end

  get "/archive" do
    document = LibXML::XML::Document.file("/srv/transit/archive.xml")
    document.find("//trip[@line='" + params[:line].to_s + "']").map { |node| node["id"] }.to_json # flaw: xpath-injection
  end

  get "/news" do
    page = Nokogiri::HTML(File.read("/srv/transit/news.html"))
    id = params[:id].to_s
    id = "today" if id.empty?
    page.search("//div[@id='#{id}']//p").map(&:text).to_json # flaw: xpath-injection
  end

  get "/settings" do
    Ox.load_file("/srv/transit/settings.xml", mode: :hash).keys.to_json
  end
end
