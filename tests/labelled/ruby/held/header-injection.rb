# frozen_string_literal: true

require "base64"
require "cgi"
require "rack"
require "time"
require "uri"

# Rack endpoint which takes over the connection for long running answers.
class StreamEndpoint
  CHARSETS = { "utf8" => "utf-8", "latin1" => "iso-8859-1" }.freeze
  TOPICS = %w[orders stock prices].freeze

  def call(env)
    request = Rack::Request.new(env)
    env["rack.hijack"].call
    io = env["rack.hijack_io"]
    begin
      answer(io, request)
    ensure
      io.close
    end
    [-1, {}, []]
  end

  private

  def answer(io, request)
    query = request.params
    case request.path_info
    when "/topic" then topic(io, query)
    when "/topic/listed" then listed_topic(io, query)
    when "/since" then since(io, query)
    when "/client" then client(io, query)
    when "/token" then token(io, query)
    when "/meta" then meta(io, query)
    end
  end

  def topic(io, query)
    io << "HTTP/1.1 200 OK\r\nX-Topic: " << query["topic"].to_s << "\r\n\r\n" # flaw: header-injection
  end

  def listed_topic(io, query)
    topic = TOPICS.detect { |name| name == query["topic"] } || TOPICS.first
    io << "HTTP/1.1 200 OK\r\nX-Topic: " << topic << "\r\n\r\n" # fine: header-injection
  end

  def since(io, query)
    time = Time.at(query["since"].to_i).httpdate
    io.write("HTTP/1.1 200 OK\r\nLast-Modified: #{time}\r\n\r\n") # fine: header-injection
  end

  def client(io, query)
    head = { "Content-Type" => "text/event-stream", "X-Client" => query.fetch("client", "web") }
    write_head(io, head)
  end

  def token(io, query)
    value = Base64.urlsafe_encode64(query["value"].to_s)
    io.write("HTTP/1.1 200 OK\r\nX-Token: #{value}\r\n\r\n") # fine: header-injection
  end

  def meta(io, query)
    text = query["text"].to_s.delete("\r\n\0")
    io.write("HTTP/1.1 200 OK\r\nX-Meta: #{text}\r\n\r\n") # fine: header-injection
  end

  def write_head(io, head)
    lines = ["HTTP/1.1 200 OK"]
    head.each_pair { |name, value| lines.push("#{name}: #{value}") }
    io.write(lines.join("\r\n") + "\r\n\r\n") # flaw: header-injection
  end
end

# The same site also runs some plain CGI programs.
class CgiProgram
  def initialize(environment = ENV)
    @environment = environment
  end

  def parameters
    URI.decode_www_form(@environment.fetch("QUERY_STRING", "")).to_h
  end

  def download
    charset = StreamEndpoint::CHARSETS.fetch(parameters["charset"], "utf-8")
    $stdout.print("Content-Type: text/plain; charset=#{charset}\r\n\r\n") # fine: header-injection
  end

  def forward
    target = CGI.unescape(@environment["PATH_INFO"].to_s)
    puts "Status: 302 Found\r\nLocation: /app#{target}\r\n\r\n" # flaw: header-injection
  end

  def search
    puts "Status: 302 Found\r\nLocation: /search?#{URI.encode_www_form(q: parameters['q'])}\r\n\r\n" # fine: header-injection
  end

  def nickname
    name = parameters["name"]
    name = "guest" if name.nil? || name.length > 200
    cookie = format("nick=%s; Path=/; Secure; HttpOnly", name)
    $stdout.write("Set-Cookie: " + cookie + "\r\n\r\n") # flaw: header-injection
  end
end
