# frozen_string_literal: true

require "json"
require "mongo"
require "sinatra/base"

class CommunityApi < Sinatra::Base
  STORE = Mongo::Client.new(ENV.fetch("MONGO_URI"))
  STATES = %w[open closed pending].freeze
  FILTERABLE = %w[status category language].freeze

  helpers do
    def payload
      @payload ||= JSON.parse(request.body.read)
    end

    def accounts
      STORE[:accounts]
    end

    def tickets
      STORE[:tickets]
    end

    def lookup_invite(criteria)
      STORE[:invites].find(criteria).first # flaw: nosql-injection
    end

    def lookup_coupon(code)
      return nil unless code.is_a?(String) && code.length < 40

      STORE[:coupons].find(code: code, active: true).first # fine: nosql-injection
    end
  end

  post "/reset/confirm" do
    account = accounts.find(email: payload["email"], reset_token: payload["token"]).first # flaw: nosql-injection
    halt 403 unless account
    json_reply(id: account["_id"].to_s)
  end

  post "/device" do
    account = accounts.find(device_token: payload["token"].to_s).first # fine: nosql-injection
    halt 403 unless account
    json_reply(id: account["_id"].to_s)
  end

  get "/posts/by-author" do
    expression = "this.author == '" + params[:author].to_s + "'"
    found = STORE[:posts].find("$where" => expression) # flaw: nosql-injection
    json_reply(titles: found.map { |post| post["title"] })
  end

  get "/posts/popular" do
    minimum = Integer(params[:likes] || 10)
    found = STORE[:posts].find("$where" => "this.likes.length >= #{minimum}") # fine: nosql-injection
    json_reply(titles: found.map { |post| post["title"] })
  end

  get "/posts/:id" do
    halt 404 unless BSON::ObjectId.legal?(params[:id])
    post = STORE[:posts].find(_id: BSON::ObjectId.from_string(params[:id])).first # fine: nosql-injection
    halt 404 unless post
    json_reply(title: post["title"])
  end

  post "/tickets/search" do
    criteria = { "deleted" => false }
    payload.each do |field, value|
      next if value.nil? || value == ""

      criteria[field] = value
    end
    json_reply(count: tickets.find(criteria).count) # flaw: nosql-injection
  end

  post "/tickets/filter" do
    criteria = { "deleted" => false }
    FILTERABLE.each { |field| criteria[field] = payload[field].to_s if payload.key?(field) }
    json_reply(count: tickets.find(criteria).count) # fine: nosql-injection
  end

  post "/tickets/state" do
    state = payload["state"]
    halt 400 unless STATES.include?(state)
    json_reply(total: tickets.count_documents(state: state)) # fine: nosql-injection
  end

  post "/invites/accept" do
    invite = lookup_invite("code" => payload["code"], "used" => false)
    halt 404 unless invite
    json_reply(room: invite["room"])
  end

  post "/coupons/apply" do
    json_reply(discount: lookup_coupon(payload["code"])&.fetch("discount") || 0)
  end

  def json_reply(body)
    content_type :json
    JSON.generate(body)
  end
end
