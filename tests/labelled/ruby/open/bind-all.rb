# frozen_string_literal: true

require "ipaddr"
require "sinatra/base"
require "socket"
require "webrick"

EVERYWHERE = "0.0.0.0"
LOOPBACK = "127.0.0.1"
DEFAULT_ROUTE = "0.0.0.0/0" # fine: bind-all

class StatusApp < Sinatra::Base
  set :bind, "0.0.0.0" # flaw: bind-all
  set :port, 4567

  get "/" do
    "ok"
  end
end

class HealthApp < Sinatra::Base
  set :bind, "localhost" # fine: bind-all
  set :port, 4568

  get "/" do
    "ok"
  end
end

class ControlSocket
  def initialize(host = EVERYWHERE, port = 7070)
    @host = host
    @port = port
  end

  def open
    @server = TCPServer.new(@host, @port) # flaw: bind-all
    @server.listen(5)
    @server
  end
end

class LocalSocket
  def initialize(host = LOOPBACK, port = 7071)
    @host = host
    @port = port
  end

  def open
    TCPServer.new(@host, @port) # fine: bind-all
  end
end

def metrics_socket(port)
  socket = UDPSocket.new
  socket.bind("", port) # flaw: bind-all
  socket
end

def discovery_socket(port)
  socket = UDPSocket.new
  socket.bind(LOOPBACK, port) # fine: bind-all
  socket
end

def web_server
  options = { Port: 8081, AccessLog: [] }
  options[:BindAddress] = ENV["LOCAL_ONLY"] ? LOOPBACK : EVERYWHERE
  WEBrick::HTTPServer.new(options) # flaw: bind-all
end

def local_web_server
  WEBrick::HTTPServer.new(Port: 8082, BindAddress: "127.0.0.1") # fine: bind-all
end

def raw_server(port)
  socket = Socket.new(Socket::AF_INET6, Socket::SOCK_STREAM, 0)
  address = Socket.sockaddr_in(port, "::")
  socket.bind(Addrinfo.new(address)) # flaw: bind-all
  socket
end

def unix_server
  UNIXServer.new("/run/collector/control.sock") # fine: bind-all
end

def unspecified?(address)
  address == "0.0.0.0" || IPAddr.new(address) == IPAddr.new("::") # fine: bind-all
end

def covers_everything?(networks)
  networks.include?(DEFAULT_ROUTE)
end
