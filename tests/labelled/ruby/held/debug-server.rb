# frozen_string_literal: true

require "grape"
require "hanami"
require "logger"
require "padrino"
require "pry-remote"
require "puma"
require "rack"
require "roda"

ENV["RACK_ENV"] ||= "production" # fine: debug-server

class TicketApp < Roda
  plugin :exception_page # flaw: debug-server
  plugin :error_handler do |error|
    exception_page(error)
  end

  route do |r|
    r.root { "tickets" }
  end
end

class NewsApp < Roda
  plugin :error_handler do |_error| # fine: debug-server
    "Something went wrong"
  end

  route do |r|
    r.root { "news" }
  end
end

class ExportApi < Grape::API
  rescue_from :all, backtrace: true # flaw: debug-server

  get("exports") { [] }
end

class ImportApi < Grape::API
  rescue_from(:all) { error!({ error: "internal" }, 500) } # fine: debug-server

  get("imports") { [] }
end

class PanelApp < Padrino::Application
  set :show_exceptions, true # flaw: debug-server
  set :logging, true

  get(:index) { "panel" }
end

class AdminApp < Padrino::Application
  set :show_exceptions, false # fine: debug-server

  get(:index) { "admin" }
end

module Stack
  module_function

  def build(app, tracing: true)
    Rack::Builder.new do
      use Rack::ShowExceptions if tracing # flaw: debug-server
      use Rack::Lint
      run app
    end
  end

  def build_plain(app)
    Rack::Builder.new do
      use Rack::ContentLength
      use Rack::CommonLogger, Logger.new($stdout, level: Logger::DEBUG) # fine: debug-server
      run app
    end
  end
end

class OrderWorker
  def perform(order)
    total = order.fetch(:total)
    binding.remote_pry("0.0.0.0", 9876) if total.negative? # flaw: debug-server
    total
  end
end

def puma_settings
  Puma::Configuration.new do |config|
    config.environment "production" # fine: debug-server
    config.bind "tcp://127.0.0.1:9292"
    config.log_requests true
  end
end
