# frozen_string_literal: true

require "bcrypt"
require "bigdecimal"
require "roda"
require "sinatra/base"

class Wizard
  STEPS = %w[search offer payment].freeze

  def initialize(session)
    @session = session
  end

  def load(data)
    %w[offer travellers verified].each do |key|
      @session["wizard_#{key}"] = data[key] if data.key?(key) # flaw: trust-boundary
    end
    self
  end

  def step(name)
    @session["wizard_step"] = STEPS.index(name) || 0 # fine: trust-boundary
    self
  end
end

class AgencyApp < Sinatra::Base
  use Rack::Session::Cookie, secret: ENV.fetch("AGENCY_SECRET"), secure: true, httponly: true
  CURRENCIES = %w[EUR NOK USD].freeze

  post "/wizard" do
    Wizard.new(session).load(params).step(params[:step])
    status 204
  end

  post "/discount" do
    session[:discount_percent] = params[:percent].to_i # flaw: trust-boundary
    status 204
  end

  post "/discount/code" do
    discount = Discount.first(code: params[:code].to_s, active: true)
    halt 404 if discount.nil?
    session[:discount_percent] = discount.percent # fine: trust-boundary
    status 204
  end

  post "/currency" do
    wanted = params[:currency].to_s.upcase
    session[:currency] = CURRENCIES.include?(wanted) ? wanted : "EUR" # fine: trust-boundary
    status 204
  end

  post "/login" do
    customer = Customer.first(name: params[:name].to_s)
    halt 403 unless customer && BCrypt::Password.new(customer.digest) == params[:password].to_s
    session.clear
    session[:customer] = customer.id # fine: trust-boundary
    status 204
  end

  post "/act" do
    key = params[:group] ? :group : :customer
    value = params[:group] || params[:customer]
    session[key] = value # flaw: trust-boundary
    status 204
  end

  post "/act/own" do
    agent = Agent[session[:agent]]
    customer = agent&.customers_dataset&.first(id: params[:customer].to_i)
    halt 403 if customer.nil?
    session[:customer] = customer.id # fine: trust-boundary
    status 204
  end
end

class OfferApp < Roda
  plugin :sessions, secret: ENV.fetch("OFFER_SECRET"), cookie_options: { secure: true, httponly: true }
  plugin :json

  route do |r|
    r.post "price" do
      price = BigDecimal(r.params["price"].to_s)
      session.merge!("offer" => r.params["offer"].to_i, "price" => price.to_s) # flaw: trust-boundary
      {}
    end

    r.post "price", "listed" do
      offer = Offer[r.params["offer"].to_i]
      travellers = r.params["travellers"].to_i.clamp(1, 9)
      session.merge!("offer" => offer.id, "price" => (offer.price * travellers).to_s) # fine: trust-boundary
      {}
    end

    r.post "permissions" do
      session["permissions"] = Array(r.params["permissions"]) # flaw: trust-boundary
      {}
    end

    r.post "banner" do
      session["banner_seen"] = r.params.key?("id") # fine: trust-boundary
      {}
    end
  end
end
