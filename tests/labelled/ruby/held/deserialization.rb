# frozen_string_literal: true

require "bunny"
require "drb"
require "json"
require "msgpack"
require "openssl"
require "ox"
require "psych"
require "redis"
require "socket"
require "zlib"

class Frame
  def initialize(socket)
    @socket = socket
  end

  def read
    size = @socket.read(4).unpack1("N")
    tag = @socket.read(32)
    [tag, @socket.read([size, 1 << 20].min)]
  end
end

class JobServer
  KEY = ENV.fetch("BUS_KEY")

  def initialize(port)
    @server = TCPServer.new("127.0.0.1", port)
    @jobs = []
  end

  def accept_job
    client = @server.accept
    _tag, payload = Frame.new(client).read
    @jobs << Marshal.restore(payload) # flaw: deserialization
  ensure
    client&.close
  end

  def accept_signed
    client = @server.accept
    tag, payload = Frame.new(client).read
    return unless OpenSSL.fixed_length_secure_compare(tag, OpenSSL::HMAC.digest("SHA256", KEY, payload))

    @jobs << Marshal.load(payload) # fine: deserialization
  ensure
    client&.close
  end

  def accept_compact
    client = @server.accept
    _tag, payload = Frame.new(client).read
    @jobs << MessagePack.unpack(payload) # fine: deserialization
  ensure
    client&.close
  end
end

class QueueConsumer
  CODECS = {
    "application/json" => ->(body) { JSON.parse(body) }, # fine: deserialization
    "application/x-ruby" => ->(body) { Marshal.load(Zlib::Inflate.inflate(body)) } # flaw: deserialization
  }.freeze

  def run
    link = Bunny.new(ENV.fetch("BROKER_URI")).start
    queue = link.create_channel.queue("imports")
    queue.subscribe(block: true) do |_delivery, properties, body|
      handle(CODECS.fetch(properties.content_type).call(body))
    end
  end

  def handle(record)
    warn record.class.name
  end
end

class WorkflowsController < ApplicationController
  def create
    workflow = Psych.load(request.body.read, permitted_classes: [Symbol], aliases: false) # fine: deserialization
    render json: { name: workflow["name"] }
  end

  def create_native
    tree = Psych.parse(params[:workflow].to_s)
    render json: { name: tree.to_ruby.name } # flaw: deserialization
  end

  def upload
    document = params[:document].read
    parsed = Ox.parse_obj(document) # flaw: deserialization
    render json: { kind: parsed.class.name }
  end

  def upload_tree
    render json: { root: Ox.parse(params[:document].read).value } # fine: deserialization
  end

  def remote
    address = params[:drb].to_s
    proxy = DRbObject.new_with_uri(address)
    render json: { state: proxy.state } # flaw: deserialization
  end

  def cached
    value = Rails.cache.read("workflow/#{params[:id].to_i}") # fine: deserialization
    render json: value
  end

  def fixture
    render json: YAML.load_file(Rails.root.join("config", "workflows.yml")) # fine: deserialization
  end
end
