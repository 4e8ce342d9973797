# frozen_string_literal: true

require "faraday"
require "httparty"
require "net/http"
require "net/ldap"
require "net/smtp"
require "open-uri"
require "openssl"

CA_FILE = "/etc/ssl/corp-ca.pem"
REQUEST_OPTIONS = { timeout: 10, verify: false }.freeze # flaw: tls-verification
DOWNLOAD_OPTIONS = { timeout: 10, verify: true }.freeze # fine: tls-verification

def load_rates
  HTTParty.get("https://rates.example.com/daily", **REQUEST_OPTIONS)
end

def load_holidays
  HTTParty.get("https://rates.example.com/holidays", **DOWNLOAD_OPTIONS)
end

class RegistryClient
  def initialize(internal: true)
    @http = Net::HTTP.new("registry.corp.internal", 443)
    @http.use_ssl = true
    @http.verify_mode = OpenSSL::SSL::VERIFY_NONE if internal # flaw: tls-verification
  end

  def package(name)
    @http.get("/p/#{ERB::Util.url_encode(name)}")
  end
end

class CatalogClient
  def initialize
    @http = Net::HTTP.new("catalog.example.com", 443)
    @http.use_ssl = true
    @http.ca_file = CA_FILE
    @http.verify_mode = OpenSSL::SSL::VERIFY_PEER # fine: tls-verification
  end

  def items
    @http.get("/items")
  end
end

def feed
  options = { read_timeout: 5 }
  options[:ssl_verify_mode] = OpenSSL::SSL::VERIFY_NONE # flaw: tls-verification
  URI.open("https://feeds.example.com/a.xml", **options, &:read)
end

def news
  URI.open("https://feeds.example.com/n.xml", ssl_ca_cert: CA_FILE, &:read) # fine: tls-verification
end

def partner_connection
  Faraday.new(url: "https://partner.example.com", ssl: { verify: false }) # flaw: tls-verification
end

def shop_connection
  Faraday.new(url: "https://shop.example.com", ssl: { verify: true, ca_file: CA_FILE }) # fine: tls-verification
end

def server_context(certificate, key)
  context = OpenSSL::SSL::SSLContext.new
  context.cert = certificate
  context.key = key
  context.verify_mode = OpenSSL::SSL::VERIFY_NONE # fine: tls-verification
  OpenSSL::SSL::SSLServer.new(TCPServer.new("127.0.0.1", 8443), context)
end

def directory
  Net::LDAP.new(
    host: "ldap.internal",
    port: 636,
    encryption: { method: :simple_tls, tls_options: { verify_mode: OpenSSL::SSL::VERIFY_NONE } } # flaw: tls-verification
  )
end

def mail_link
  link = Net::SMTP.new("smtp.example.com", 587)
  link.enable_starttls(OpenSSL::SSL::SSLContext.new.tap(&:set_params)) # fine: tls-verification
  link
end
