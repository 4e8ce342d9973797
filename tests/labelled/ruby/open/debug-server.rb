# frozen_string_literal: true

require "better_errors"
require "logger"
require "sinatra/base"

# config/environments/production.rb
Rails.application.configure do
  config.consider_all_requests_local = true # flaw: debug-server
  config.action_dispatch.show_exceptions = :all
  config.log_level = :info # fine: debug-server
  config.cache_classes = true
end

class ShopApp < Sinatra::Base
  set :show_exceptions, true # flaw: debug-server
  set :environment, :production

  get "/" do
    "shop"
  end
end

class OfficeApp < Sinatra::Base
  set :show_exceptions, false # fine: debug-server
  set :dump_errors, true

  get "/" do
    "office"
  end
end

class StoreApp < Sinatra::Base
  configure :development do
    set :show_exceptions, :after_handler # fine: debug-server
  end

  get "/" do
    "store"
  end
end

class StackBuilder
  def initialize(app)
    @app = app
    @layers = []
  end

  def layer(klass, *arguments)
    @layers << [klass, arguments]
    self
  end

  def build
    layers = @layers
    app = @app
    Rack::Builder.new do
      layers.each { |klass, arguments| use(klass, *arguments) }
      run app
    end
  end
end

def office_stack
  StackBuilder.new(OfficeApp).layer(Rack::ShowExceptions).build # flaw: debug-server
end

def store_stack
  StackBuilder.new(StoreApp).layer(Rack::CommonLogger, Logger.new($stdout)).build # fine: debug-server
end

def allow_consoles(config)
  config.web_console.permissions = "0.0.0.0/0" # flaw: debug-server
  config.web_console.development_only = false # flaw: debug-server
end

def staging(config)
  BetterErrors::Middleware.allow_ip!("0.0.0.0/0") # flaw: debug-server
  config.middleware.use BetterErrors::Middleware
end

def local_tools(config)
  return unless Rails.env.development?

  config.middleware.use BetterErrors::Middleware # fine: debug-server
end

def trace(message, debug: true) # fine: debug-server
  warn(message) if debug
end
