# frozen_string_literal: true

require "erb"
require "faraday"
require "httparty"
require "ipaddr"
require "net/http"
require "open-uri"
require "socket"

class WebhookSender
  def initialize(endpoint)
    @endpoint = endpoint
  end

  def deliver(event)
    HTTParty.post(@endpoint, body: event.to_json, timeout: 5).code # flaw: ssrf
  end
end

class PartnerSender
  PARTNERS = { "acme" => "https://hooks.acme.example/in", "globex" => "https://in.globex.example/orders" }.freeze

  def initialize(partner)
    @endpoint = PARTNERS.fetch(partner)
  end

  def deliver(event)
    HTTParty.post(@endpoint, body: event.to_json, timeout: 5).code # fine: ssrf
  end
end

class LinksController < ApplicationController
  IMAGE_HOSTS = %w[images.example.com cdn.example.com].freeze
  WEATHER = "https://api.weather.example.com/v2"

  def preview
    body = Net::HTTP.get(URI.parse(params[:url])) # flaw: ssrf
    render json: { length: body.length }
  end

  def weather
    city = ERB::Util.url_encode(params[:city].to_s)
    reply = Faraday.get("#{WEATHER}/city/#{city}") # fine: ssrf
    render json: reply.body
  end

  def image
    address = URI.parse(params[:src].to_s)
    unless address.is_a?(URI::HTTPS) && IMAGE_HOSTS.include?(address.host) && address.port == 443
      return head(:bad_request)
    end

    render json: { length: Net::HTTP.get(address).length } # fine: ssrf
  rescue URI::InvalidURIError
    head :bad_request
  end

  def regional
    region = params[:region] || "eu"
    host = region.include?(".") ? region : "#{region}.nodes.example.com"
    address = "https://#{host}/status"
    render json: Faraday.get(address).body # flaw: ssrf
  end

  def node
    reply = Faraday.get("https://node-#{params[:node].to_i}.nodes.example.com/status") # fine: ssrf
    render json: reply.body
  end

  def feeds
    sizes = {}
    params.require(:feeds).each do |entry|
      next unless entry[:address].to_s.start_with?("http")

      sizes[entry[:name]] = fetch_text(entry[:address]).length
    end
    render json: sizes
  end

  def test_webhook
    sender = PartnerSender::PARTNERS.key?(params[:partner]) ? PartnerSender.new(params[:partner]) : WebhookSender.new(params[:endpoint])
    render json: { status: sender.deliver(event: "ping") }
  end

  def port
    banner = TCPSocket.open(params[:host], params[:port].to_i) { |link| link.recv(64) } # flaw: ssrf
    render json: { banner: banner }
  end

  def public_port
    address = IPAddr.new(params[:address].to_s)
    return head(:bad_request) if !address.ipv4? || blocked?(address)

    TCPSocket.open(address.to_s, 443) { |link| render json: { peer: link.peeraddr.last } } # fine: ssrf
  rescue IPAddr::Error
    head :bad_request
  end

  private

  def fetch_text(address)
    URI.open(address, read_timeout: 5, &:read) # flaw: ssrf
  end

  def blocked?(address)
    ranges = %w[0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 198.18.0.0/15 224.0.0.0/3]
    address.private? || address.loopback? || address.link_local? || ranges.any? { |range| IPAddr.new(range).include?(address) }
  end
end
