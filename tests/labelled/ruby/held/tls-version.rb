# frozen_string_literal: true

require "bunny"
require "excon"
require "http"
require "net/imap"
require "openssl"
require "puma"
require "typhoeus"
require "webrick/https"

LABELS = %w[TLSv1 TLSv1.1 TLSv1.2 TLSv1.3].freeze # fine: tls-version

class TlsProfile
  LEVELS = { compatible: :TLS1_1, current: :TLS1_2 }.freeze

  def initialize(certificate, key, level: :current)
    @certificate = certificate
    @key = key
    @level = level
  end

  def context
    made = OpenSSL::SSL::SSLContext.new
    made.cert = @certificate
    made.key = @key
    made.min_version = LEVELS[:current] # fine: tls-version
    made.min_version = LEVELS[:compatible] if @level == :compatible # flaw: tls-version
    made
  end
end

def console(certificate, key)
  server = WEBrick::HTTPServer.new(Port: 8443, BindAddress: "127.0.0.1", SSLEnable: true,
                                   SSLCertificate: certificate, SSLPrivateKey: key)
  server.ssl_context.ssl_version = :TLSv1_server # flaw: tls-version
  server
end

def status_console(certificate, key)
  server = WEBrick::HTTPServer.new(Port: 8444, BindAddress: "127.0.0.1", SSLEnable: true,
                                   SSLCertificate: certificate, SSLPrivateKey: key)
  server.ssl_context.min_version = OpenSSL::SSL::TLS1_3_VERSION # fine: tls-version
  server
end

def publisher
  Bunny.new(host: "mq.internal", tls: true, verify_peer: true, tls_protocol: :TLSv1) # flaw: tls-version
end

def subscriber
  Bunny.new(host: "mq.internal", tls: true, verify_peer: true, tls_protocol: :TLSv1_2) # fine: tls-version
end

def exchange
  options = { connect_timeout: 4 }
  options[:ssl_version] = :TLSv1_1 # flaw: tls-version
  Excon.new("https://exchange.internal", options)
end

def metrics
  Excon.new("https://metrics.internal", ssl_min_version: :TLSv1_2) # fine: tls-version
end

def archive
  Typhoeus.get("https://archive.internal/list", sslversion: :tlsv1_0) # flaw: tls-version
end

def inventory
  Typhoeus.get("https://inventory.internal/list", sslversion: :tlsv1_2) # fine: tls-version
end

def mail_box(host)
  Net::IMAP.new(host, port: 993, ssl: { min_version: OpenSSL::SSL::TLS1_2_VERSION }) # fine: tls-version
end

def worker_listener(certificate, key)
  Puma::DSL.new({}, {}).tap do |dsl|
    dsl.ssl_bind "127.0.0.1", "9292", cert: certificate, key: key, no_tlsv1: true, no_tlsv1_1: true # fine: tls-version
  end
end

def ticker(address)
  context = OpenSSL::SSL::SSLContext.new
  context.set_params
  context.max_version = OpenSSL::SSL::TLS1_VERSION # flaw: tls-version
  HTTP.get(address, ssl_context: context).to_s
end

def describe(link)
  position = LABELS.index(link.ssl_version)
  { version: link.ssl_version, outdated: position.nil? || position < LABELS.index("TLSv1.2") }
end
