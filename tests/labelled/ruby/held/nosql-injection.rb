# frozen_string_literal: true

require "elasticsearch"
require "mongoid"
require "redis"

class Player
  include Mongoid::Document

  field :nickname, type: String
  field :link_code, type: String
  field :league, type: Integer

  LEAGUES = { "bronze" => 1, "silver" => 2, "gold" => 3 }.freeze

  scope :in_league, ->(name) { where(league: LEAGUES.fetch(name, 1)) } # fine: nosql-injection

  def self.matching(conditions)
    where(conditions) # flaw: nosql-injection
  end
end

class PipelineBuilder
  def initialize
    @stages = []
  end

  def match(conditions)
    @stages << { "$match" => conditions }
    self
  end

  def top(amount)
    @stages << { "$limit" => amount }
    self
  end

  def to_a
    @stages.dup
  end
end

class PlayersController < ApplicationController
  COUNTER = "return redis.call('INCRBY', KEYS[1], ARGV[1])"
  SEARCH = Elasticsearch::Client.new(url: ENV.fetch("SEARCH_URI"))
  CACHE = Redis.new(url: ENV.fetch("REDIS_URI"))

  def link
    player = Player.where(nickname: params[:nickname], link_code: params[:code]).first # flaw: nosql-injection
    return head(:forbidden) if player.nil?

    render json: { id: player.id.to_s }
  end

  def link_checked
    code = params[:code]
    return head(:bad_request) unless code.is_a?(String)

    player = Player.where(nickname: params[:nickname].to_s, link_code: code).first # fine: nosql-injection
    render json: { id: player&.id.to_s }
  end

  def index
    conditions = { visible: true }
    conditions.merge!(JSON.parse(params[:filter])) if params[:filter]
    render json: Player.matching(conditions).pluck(:nickname)
  end

  def league
    render json: Player.in_league(params[:league]).pluck(:nickname)
  end

  def ranking
    builder = PipelineBuilder.new.match(params.require(:where).to_unsafe_h).top(10)
    render json: Player.collection.aggregate(builder.to_a).to_a # flaw: nosql-injection
  end

  def season_ranking
    builder = PipelineBuilder.new.match("season" => params[:season].to_i).top(params[:amount].to_i.clamp(1, 100))
    render json: Player.collection.aggregate(builder.to_a).to_a # fine: nosql-injection
  end

  def weighted
    weight = params[:formula] || "this.kills * 2"
    criteria = Player.for_js("#{weight} > 10") # flaw: nosql-injection
    render json: criteria.pluck(:nickname)
  end

  def frequent
    criteria = Player.for_js("this.games > limit", limit: params[:limit].to_i) # fine: nosql-injection
    render json: criteria.pluck(:nickname)
  end

  def matches
    query = '{"query": {"match": {"map": "' + params[:map].to_s + '"}}}'
    render json: SEARCH.search(index: "matches", body: query) # flaw: nosql-injection
  end

  def matches_by_map
    body = { query: { match: { map: params[:map].to_s } } }
    render json: SEARCH.search(index: "matches", body: body) # fine: nosql-injection
  end

  def count
    value = CACHE.eval(COUNTER, keys: ["counter:#{params[:name]}"], argv: [1]) # fine: nosql-injection
    render json: { value: value }
  end

  def keep_max
    script = format("return redis.call('GET', '%s')", params[:field])
    render json: { value: CACHE.eval(script) } # flaw: nosql-injection
  end
end
