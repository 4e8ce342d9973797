# frozen_string_literal: true

require "aws-sdk-s3"
require "excon"
require "grape"
require "http"
require "net/http"
require "rest-client"
require "typhoeus"

class Unfurler
  def initialize
    @links = []
  end

  def add(word)
    @links << word if word.start_with?("http://", "https://")
    self
  end

  def cards
    @links.map { |link| { link: link, text: HTTP.timeout(4).get(link).to_s[0, 200] } } # flaw: ssrf
  end
end

class MirrorProxy
  MIRRORS = { "a" => "mirror-a.example.net", "b" => "mirror-b.example.net" }.freeze

  def initialize(name)
    @host = MIRRORS.fetch(name, MIRRORS["a"])
  end

  def head(number)
    Net::HTTP.start(@host, 443, use_ssl: true) { |http| http.head("/packages/#{Integer(number)}").code } # fine: ssrf
  end
end

class ChatApi < Grape::API
  REGIONS = %w[eu-west-1 us-east-1].freeze
  REPOSITORY = %r{\A[A-Za-z0-9-]{1,39}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z}

  format :json

  helpers do
    def rebuild(raw)
      address = URI.parse(raw)
      address.scheme = "https"
      address.to_s
    end
  end

  post "unfurl" do
    unfurler = Unfurler.new
    params[:text].to_s.split.each { |word| unfurler.add(word) }
    unfurler.cards
  end

  get "avatar" do
    reply = RestClient.get(params[:source]) # flaw: ssrf
    { size: reply.body.bytesize }
  end

  params { requires :name, type: String, regexp: REPOSITORY }
  get "repository" do
    { text: RestClient.get("https://api.github.com/repos/#{params[:name]}").body } # fine: ssrf
  end

  get "thumb" do
    reply = Typhoeus.get(rebuild(params[:address]), followlocation: true) # flaw: ssrf
    { status: reply.code }
  end

  get "translate" do
    reply = Typhoeus.get("https://translate.example.net/v1", params: { text: params[:text], to: "en" }) # fine: ssrf
    { status: reply.code }
  end

  get "mirror/:name/:number" do
    { status: MirrorProxy.new(params[:name]).head(params[:number]) }
  end

  get "cluster" do
    node = params[:node].to_s
    Net::HTTP.start(node, 9100, read_timeout: 3) do |http| # flaw: ssrf
      { text: http.get("/metrics").body[0, 500] }
    end
  end

  get "bucket" do
    options = { region: "eu-west-1" }
    options[:endpoint] = params[:endpoint] if params[:endpoint]
    client = Aws::S3::Client.new(**options) # flaw: ssrf
    { buckets: client.list_buckets.buckets.size }
  end

  params { requires :region, type: String, values: REGIONS }
  get "bucket/region" do
    client = Aws::S3::Client.new(region: params[:region], endpoint: "https://s3.#{params[:region]}.amazonaws.com") # fine: ssrf
    { buckets: client.list_buckets.buckets.size }
  end

  get "tenant" do
    link = Excon.new("https://#{params[:tenant]}/api", connect_timeout: 3)
    { status: link.get(path: "/api/status").status } # flaw: ssrf
  end

  get "tenant/:id" do
    link = Excon.new("https://tenants.example.net", connect_timeout: 3)
    { status: link.get(path: "/#{params[:id].to_i}/status").status } # fine: ssrf
  end
end
