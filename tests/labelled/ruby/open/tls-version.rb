# frozen_string_literal: true

require "faraday"
require "net/http"
require "openssl"
require "socket"

OLDEST = OpenSSL::SSL::TLS1_VERSION
BASELINE = OpenSSL::SSL::TLS1_2_VERSION
KNOWN = { "TLSv1" => 0x0301, "TLSv1.1" => 0x0302, "TLSv1.2" => 0x0303 }.freeze # fine: tls-version

def kiosk_context
  context = OpenSSL::SSL::SSLContext.new
  context.set_params
  context.ssl_version = :TLSv1 # flaw: tls-version
  context
end

def gateway_context
  context = OpenSSL::SSL::SSLContext.new
  context.set_params
  context.min_version = BASELINE # fine: tls-version
  context
end

def terminal_context
  OpenSSL::SSL::SSLContext.new.tap do |context|
    context.set_params
    context.min_version = OLDEST # flaw: tls-version
  end
end

def client_context
  OpenSSL::SSL::SSLContext.new.tap do |context|
    context.set_params
    context.min_version = :TLS1_3 # fine: tls-version
  end
end

class LegacyClient
  def initialize(host)
    @http = Net::HTTP.new(host, 443)
    @http.use_ssl = true
    @http.ssl_version = :TLSv1_1 # flaw: tls-version
  end

  def status
    @http.get("/status").code
  end
end

class StatusClient
  def initialize(host)
    @http = Net::HTTP.new(host, 443)
    @http.use_ssl = true
    @http.min_version = OpenSSL::SSL::TLS1_2_VERSION # fine: tls-version
  end

  def status
    @http.get("/status").code
  end
end

def exchange(host, legacy: false)
  options = { verify: true, min_version: :TLS1_2 } # fine: tls-version
  if legacy
    options[:min_version] = :TLS1 # flaw: tls-version
  end
  Faraday.new(url: "https://#{host}", ssl: options)
end

def reopened(context)
  context.options &= ~OpenSSL::SSL::OP_NO_TLSv1_1
  context.min_version = OpenSSL::SSL::TLS1_1_VERSION # flaw: tls-version
  context
end

def negotiated(host)
  link = OpenSSL::SSL::SSLSocket.new(TCPSocket.new(host, 443), client_context)
  link.hostname = host
  link.connect
  link.post_connection_check(host)
  [link.ssl_version, KNOWN[link.ssl_version]]
ensure
  link&.close
end

def outdated?(name)
  %w[SSLv3 TLSv1 TLSv1.1].include?(name) # fine: tls-version
end
