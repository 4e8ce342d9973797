# frozen_string_literal: true

require "async/http/endpoint"
require "drb"
require "eventmachine"
require "grpc"
require "optparse"
require "puma"
require "rack"
require "rackup"
require "socket"
require "xmlrpc/server"

BIND = { public: "0.0.0.0", local: "127.0.0.1", six: "[::]" }.freeze
BLOCKED_RANGES = ["0.0.0.0/8", "10.0.0.0/8"].freeze # fine: bind-all

class ServerOptions
  attr_reader :host, :port

  def initialize(host: "localhost", port: 9292)
    @host = host
    @port = port
  end

  def public
    @host = BIND[:public]
    self
  end

  def to_h
    { Host: host, Port: port }
  end
end

class EchoHandler < EventMachine::Connection
  def receive_data(data)
    send_data(data)
  end
end

APP = ->(_env) { [200, { "content-type" => "text/plain" }, ["ok"]] }

def start_puma
  Puma::Configuration.new do |config|
    config.bind "tcp://0.0.0.0:9292" # flaw: bind-all
    config.app APP
  end
end

def start_local_puma
  Puma::Configuration.new do |config|
    config.bind "unix:///run/service/puma.sock" # fine: bind-all
    config.app APP
  end
end

def start_rack
  Rackup::Server.start(app: APP, **ServerOptions.new.public.to_h) # flaw: bind-all
end

def start_local_rack
  Rackup::Server.start(app: APP, **ServerOptions.new(port: 9393).to_h) # fine: bind-all
end

def start_grpc
  server = GRPC::RpcServer.new
  server.add_http2_port(BIND[:six] + ":50051", :this_port_is_insecure) # flaw: bind-all
  server
end

def start_local_grpc
  server = GRPC::RpcServer.new
  server.add_http2_port("127.0.0.1:50051", :this_port_is_insecure) # fine: bind-all
  server
end

def start_echo
  EventMachine.run { EventMachine.start_server("0.0.0.0", 7000, EchoHandler) } # flaw: bind-all
end

def start_local_echo
  EventMachine.run { EventMachine.start_server(BIND[:local], 7000, EchoHandler) } # fine: bind-all
end

def start_rpc(port)
  server = XMLRPC::Server.new(port, "0.0.0.0") # flaw: bind-all
  server.add_handler("sum") { |a, b| a + b }
  server.serve
end

def start_threads
  Socket.tcp_server_loop(nil, 7001) { |client, _address| client.close } # flaw: bind-all
end

def start_objects(front)
  DRb.start_service("drbunix:/run/service/objects.sock", front) # fine: bind-all
end

def endpoint
  Async::HTTP::Endpoint.parse("http://localhost:7002") # fine: bind-all
end

def main(arguments)
  options = { Host: "127.0.0.1" } # fine: bind-all
  OptionParser.new { |parser| parser.on("--host HOST") { |host| options[:Host] = host } }.parse!(arguments)
  Rackup::Server.start(app: APP, Port: 7003, **options)
end
