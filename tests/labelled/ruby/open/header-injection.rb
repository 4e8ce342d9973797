# frozen_string_literal: true

require "cgi"
require "erb"
require "socket"
require "uri"

class ResponseHead
  def initialize(status = "200 OK")
    @lines = ["HTTP/1.1 #{status}", "Connection: close"]
  end

  def put(name, value)
    @lines << "#{name}: #{value}"
    self
  end

  def write_to(socket)
    socket.write(@lines.join("\r\n") + "\r\n\r\n") # flaw: header-injection
  end
end

# Minimal portal for the kiosk terminals.
class KioskServer
  LANGUAGES = %w[en de nb].freeze
  TRACE = /\A[0-9a-f]{16,32}\z/
  LOCATIONS = { "docs" => "/documentation", "blog" => "/news" }.freeze

  def initialize(port)
    @server = TCPServer.new("127.0.0.1", port)
  end

  def run
    loop do
      client = @server.accept
      begin
        serve(client)
      ensure
        client.close
      end
    end
  end

  private

  def serve(client)
    target = client.gets.to_s.split(" ")[1].to_s
    path, raw = target.split("?", 2)
    query = URI.decode_www_form(raw.to_s).to_h
    case path
    when "/lang" then language(client, query)
    when "/lang/listed" then listed_language(client, query)
    when "/trace" then trace(client, query)
    when "/profile" then ResponseHead.new.put("X-Profile", query["profile"]).write_to(client)
    when "/go" then jump(client, query)
    when "/leave" then leave(client, query)
    when "/export" then export(client, query)
    when "/page" then page(client, query)
    when "/tags" then tags(client, query)
    end
  end

  def language(client, query)
    client.print "HTTP/1.1 204 No Content\r\nContent-Language: #{query['lang']}\r\n\r\n" # flaw: header-injection
  end

  def listed_language(client, query)
    lang = LANGUAGES.include?(query["lang"]) ? query["lang"] : "en"
    client.print "HTTP/1.1 204 No Content\r\nContent-Language: #{lang}\r\n\r\n" # fine: header-injection
  end

  def trace(client, query)
    trace = query["trace"].to_s
    trace = "none" unless TRACE.match?(trace)
    client.print "HTTP/1.1 204 No Content\r\nX-Trace: #{trace}\r\n\r\n" # fine: header-injection
  end

  def jump(client, query)
    location = LOCATIONS.fetch(query["to"], "/")
    client.write("HTTP/1.1 302 Found\r\nLocation: #{location}\r\n\r\n") # fine: header-injection
  end

  def leave(client, query)
    location = "/leave/" + query["to"].to_s
    location += "?source=kiosk" unless location.include?("?")
    client.write("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n") # flaw: header-injection
  end

  def export(client, query)
    name = ERB::Util.url_encode(query["title"].to_s)
    client.write("HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename*=UTF-8''#{name}\r\n\r\n") # fine: header-injection
  end

  def page(client, query)
    client.write("HTTP/1.1 200 OK\r\nX-Page: #{query['n'].to_i}\r\n\r\n") # fine: header-injection
  end

  def tags(client, query)
    lines = ["HTTP/1.1 200 OK"]
    query.each { |key, value| lines << "X-Tag-#{key.capitalize}: #{value}" if key.start_with?("t") }
    lines << "" << ""
    client.write(lines.join("\r\n")) # flaw: header-injection
  end
end

KioskServer.new(8066).run if $PROGRAM_NAME == __FILE__
