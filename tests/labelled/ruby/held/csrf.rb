# frozen_string_literal: true

require "hanami/controller"
require "openssl"
require "rack/protection"
require "roda"
require "sinatra/base"

class ProfileApp < Sinatra::Base
  enable :sessions
  set :sessions, secure: true, httponly: true
  set :session_secret, ENV.fetch("PROFILE_SECRET")
  use Rack::Protection::AuthenticityToken # fine: csrf

  post "/phone" do
    Account[session[:account]].update(phone: params[:phone].to_s)
    status 204
  end
end

class AddressApp < Sinatra::Base
  enable :sessions
  set :sessions, secure: true, httponly: true
  set :session_secret, ENV.fetch("ADDRESS_SECRET")
  disable :protection # flaw: csrf

  post "/address" do
    Account[session[:account]].update(address: params[:address].to_s)
    status 204
  end
end

class DonationApp < Sinatra::Base
  enable :sessions
  set :sessions, secure: true, httponly: true
  set :session_secret, ENV.fetch("DONATION_SECRET")
  set :protection, except: %i[remote_token session_hijacking http_origin] # flaw: csrf

  post "/donations" do
    Account[session[:account]].add_donation(amount: params[:amount].to_i)
    status 204
  end
end

class CatalogApp < Sinatra::Base
  set :protection, permitted_origins: ["https://club.example.com"] # fine: csrf

  get "/catalog" do
    Product.count.to_s
  end
end

class BookingApp < Roda
  plugin :sessions, secret: ENV.fetch("BOOKING_SECRET"), cookie_options: { secure: true, httponly: true }
  plugin :route_csrf, require_request_specific_tokens: true # fine: csrf

  route do |r|
    check_csrf! unless r.path_info.start_with?("/public")
    r.post("bookings") { Account[session["account"]].add_booking(room: r.params["room"].to_i).id.to_s }
    r.get("public") { Product.count.to_s }
  end
end

class ExchangeApp < Roda
  plugin :sessions, secret: ENV.fetch("EXCHANGE_SECRET"), cookie_options: { secure: true, httponly: true }
  plugin :route_csrf, check_request_methods: %w[DELETE] # flaw: csrf

  route do |r|
    check_csrf!
    r.post("exchange") { Account[session["account"]].exchange(r.params["amount"].to_i).to_s }
  end
end

module Web
  class Membership < Hanami::Action
    config.sessions = [:cookie, { secret: ENV.fetch("WEB_SECRET"), secure: true, httponly: true }]

    def handle(request, response)
      Account[request.session[:account]].cancel
      response.status = 204
    end

    private

    def verify_csrf_token?(_request, _response) # flaw: csrf
      false
    end
  end

  class Phone < Hanami::Action
    config.sessions = [:cookie, { secret: ENV.fetch("WEB_SECRET"), secure: true, httponly: true }]

    def handle(request, response)
      Account[request.session[:account]].update(phone: request.params[:phone].to_s)
      response.status = 204
    end

    private

    def verify_csrf_token?(request, response) # fine: csrf
      super
    end
  end

  class PaymentHook < Hanami::Action
    def handle(request, response)
      expected = OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("HOOK_SECRET"), request.body.read)
      valid = Rack::Utils.secure_compare(expected, request.env["HTTP_X_SIGNATURE"].to_s)
      response.status = valid ? 202 : 401
    end

    private

    def verify_csrf_token?(_request, _response) # fine: csrf
      false
    end
  end
end
