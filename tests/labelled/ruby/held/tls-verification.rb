# frozen_string_literal: true

require "bunny"
require "elasticsearch"
require "excon"
require "http"
require "mongo"
require "net/imap"
require "openssl"
require "pg"
require "redis"
require "rest-client"
require "socket"
require "typhoeus"

CA = "/etc/hub/ca.pem"
OPEN_CONTEXT = OpenSSL::SSL::SSLContext.new.tap { |c| c.verify_mode = OpenSSL::SSL::VERIFY_NONE } # flaw: tls-verification

def tariff
  HTTP.get("https://tariff.example.com/v1", ssl_context: OPEN_CONTEXT).to_s
end

def pool(strict: true)
  return Excon.new("https://pool.internal", ssl_ca_file: CA) if strict # fine: tls-verification

  Excon.new("https://pool.internal", ssl_verify_peer: false) # flaw: tls-verification
end

def reports
  RestClient::Resource.new("https://reports.internal", verify_ssl: OpenSSL::SSL::VERIFY_PEER, ssl_ca_file: CA) # fine: tls-verification
end

def exports
  RestClient::Request.execute(method: :get, url: "https://exports.internal", verify_ssl: false) # flaw: tls-verification
end

def search_cluster
  transport = { request: { timeout: 10 } }
  transport[:ssl] = { verify: false } # flaw: tls-verification
  Elasticsearch::Client.new(url: "https://search.internal:9200", transport_options: transport)
end

def document_store
  Mongo::Client.new(["mongo.internal"], ssl: true, ssl_verify: true, ssl_ca_cert: CA) # fine: tls-verification
end

def cache
  Redis.new(url: "rediss://cache.internal", ssl_params: { ca_file: CA }) # fine: tls-verification
end

def session_cache
  Redis.new(url: "rediss://cache.internal", ssl_params: { verify_mode: OpenSSL::SSL::VERIFY_NONE }) # flaw: tls-verification
end

class Crawler
  OPTIONS = { followlocation: false, ssl_verifypeer: true, ssl_verifyhost: 2 }.freeze # fine: tls-verification

  def fetch(path)
    Typhoeus.get("https://site.internal#{path}", **OPTIONS).body
  end

  def fetch_any(path)
    Typhoeus::Request.new("https://site.internal#{path}", ssl_verifypeer: false, ssl_verifyhost: 0).run.body # flaw: tls-verification
  end
end

class MailBox
  def initialize(host)
    @link = Net::IMAP.new(host, port: 993, ssl: { ca_file: CA }) # fine: tls-verification
  end

  def folders
    @link.list("", "*").map(&:name)
  end
end

class Gateway
  def initialize(host)
    @host = host
    @context = OpenSSL::SSL::SSLContext.new
    @context.set_params(ca_file: CA, verify_mode: OpenSSL::SSL::VERIFY_PEER) # fine: tls-verification
  end

  def open
    link = OpenSSL::SSL::SSLSocket.new(TCPSocket.new(@host, 8443), @context)
    link.hostname = @host
    link.connect
    link.post_connection_check(@host)
    link
  end
end

def broker
  Bunny.new(host: "mq.internal", tls: true, verify_peer: false) # flaw: tls-verification
end

def database
  PG.connect(host: "db.internal", dbname: "hub", sslmode: "verify-full", sslrootcert: CA) # fine: tls-verification
end
