# frozen_string_literal: true

require "grape"
require "rack/cors"
require "roda"
require "sinatra/base"
require "sinatra/cross_origin"

FRONTENDS = ["https://www.example.org", "https://beta.example.org"].freeze

STACK = Rack::Builder.new do
  use Rack::Cors do
    allow do
      origins(*FRONTENDS)
      resource "/api/*", headers: :any, methods: %i[get post], credentials: true # fine: cors
    end

    allow do
      origins "*"
      resource "/fonts/*", headers: :any, methods: [:get], credentials: false # fine: cors
    end

    allow do
      origins(/https?:\/\/.*/)
      resource "/account/*", headers: :any, methods: :any, credentials: true # flaw: cors
    end

    allow do
      origins { |_source, _env| true }
      resource "/panel/*", headers: :any, methods: :any, credentials: true # flaw: cors
    end

    allow do
      origins(/\Ahttps:\/\/[a-z0-9-]{1,40}\.tenants\.example\.org\z/)
      resource "/tenant/*", headers: :any, methods: [:get], credentials: true # fine: cors
    end
  end
  run ->(_env) { [204, {}, []] }
end

class MessagesApp < Sinatra::Base
  register Sinatra::CrossOrigin

  configure do
    enable :cross_origin
    set :allow_origin, FRONTENDS.join(" ") # fine: cors
    set :allow_credentials, true
  end

  get "/messages" do
    "[]"
  end
end

class ContactsApp < Sinatra::Base
  before do
    caller_origin = request.env["HTTP_ORIGIN"]
    if caller_origin
      headers "Access-Control-Allow-Origin" => caller_origin, "Access-Control-Allow-Credentials" => "true" # flaw: cors
    end
  end

  get "/contacts" do
    "[]"
  end
end

class CalendarApi < Grape::API
  format :json

  before do
    origin = request.env["HTTP_ORIGIN"].to_s
    match = FRONTENDS.find { |frontend| frontend == origin }
    if match
      header "Access-Control-Allow-Origin", match # fine: cors
      header "Access-Control-Allow-Credentials", "true"
      header "Vary", "Origin"
    end
  end

  get("calendars") { [] }
end

class Middleware
  def initialize(app, suffix = "example.org")
    @app = app
    @suffix = suffix
  end

  def call(env)
    status, headers, body = @app.call(env)
    origin = env["HTTP_ORIGIN"].to_s
    if origin.end_with?(@suffix)
      headers["access-control-allow-origin"] = origin # flaw: cors
      headers["access-control-allow-credentials"] = "true"
    end
    [status, headers, body]
  end
end

class TariffApp < Roda
  plugin :json

  route do |r|
    r.get "tariffs" do
      response["Access-Control-Allow-Origin"] = "*" # fine: cors
      []
    end

    r.get "quotes" do
      response["Access-Control-Allow-Origin"] = r.env["HTTP_ORIGIN"] || "null" # flaw: cors
      response["Access-Control-Allow-Credentials"] = "true"
      []
    end
  end
end
