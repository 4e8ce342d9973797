# frozen_string_literal: true

require "addressable/uri"
require "grape"
require "openssl"
require "roda"
require "sinatra/base"
require "uri"

module Targets
  PROVIDERS = { "north" => "https://sso.north.example/start", "south" => "https://sso.south.example/start" }.freeze
  LINK_KEY = ENV.fetch("LINK_KEY")

  def local_path(value)
    parsed = Addressable::URI.parse(value.to_s)
    return "/home" if parsed.host || parsed.scheme || !value.to_s.match?(%r{\A/[\w/-]*(\?[\w=&-]*)?\z}) || value.start_with?("//")

    value
  rescue Addressable::URI::InvalidURIError
    "/home"
  end

  def tag_for(address)
    OpenSSL::HMAC.hexdigest("SHA256", LINK_KEY, address)
  end
end

class LoginApp < Sinatra::Base
  helpers Targets

  post "/login" do
    redirect params[:next] || "/home" # flaw: open-redirect
  end

  post "/login/local" do
    redirect local_path(params[:next]) # fine: open-redirect
  end

  get "/leave" do
    address = params[:u].to_s
    host = URI.parse(address).host.to_s
    halt 400 unless host.empty? || host.end_with?("example.com")
    redirect to(address) # flaw: open-redirect
  end

  get "/leave/signed" do
    address = params[:u].to_s
    halt 403 unless Rack::Utils.secure_compare(tag_for(address), params[:t].to_s)
    redirect address # fine: open-redirect
  end

  get "/sso/:provider" do
    base = Targets::PROVIDERS.fetch(params[:provider]) { halt 404 }
    redirect "#{base}?#{URI.encode_www_form(state: params[:state])}" # fine: open-redirect
  end
end

class CallbackApp < Roda
  plugin :all_verbs

  def destination(state)
    fields = state.to_s.split(";").to_h { |pair| pair.split("=", 2).then { |k, v| [k, v.to_s] } }
    fields.fetch("return", "/welcome")
  end

  route do |r|
    r.get("callback") { r.redirect(destination(r.params["state"])) } # flaw: open-redirect
    r.get("track", Integer) { |number| r.redirect("https://tracking.example.com/parcel/#{number}") } # fine: open-redirect
    r.get("page") { r.redirect("/list?page=#{r.params['page'].to_i}") } # fine: open-redirect
  end
end

class CampaignApi < Grape::API
  get "campaign" do
    target = "/campaigns"
    target = params[:target] unless params[:target].to_s.start_with?("javascript:")
    redirect target # flaw: open-redirect
  end

  params { requires :slug, type: String, regexp: /\A[a-z0-9-]{1,60}\z/ }
  get "article" do
    redirect "/articles/#{params[:slug]}", permanent: true # fine: open-redirect
  end
end

class Forwarder
  def call(env)
    query = Rack::Utils.parse_query(env["QUERY_STRING"])
    response = Rack::Response.new
    response.redirect("https://" + query["tenant"].to_s + ".example.com/") # flaw: open-redirect
    response.finish
  end
end
