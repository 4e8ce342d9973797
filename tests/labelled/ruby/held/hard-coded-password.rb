# frozen_string_literal: true

require "bunny"
require "mail"
require "net/ftp"
require "net/ldap"
require "net/ssh"
require "sequel"
require "sinatra/base"
require "tty-prompt"
require "yaml"

MESSAGES = {
  password_changed: "Your password was changed.", # fine: hard-coded-password
  password_short: "The password is too short."
}.freeze

Mail.defaults do
  delivery_method :smtp, address: "smtp.example.com", port: 587, user_name: "nightly",
                         password: "Gran1te_Falcon_415" # flaw: hard-coded-password
end

def warehouse
  Sequel.connect("postgres://loader:Qv6-Tundra-Lynx@warehouse.internal/dwh?sslmode=verify-full") # flaw: hard-coded-password
end

def staging_warehouse
  secret = URI.encode_www_form_component(ENV.fetch("STAGING_SECRET"))
  Sequel.connect("postgres://stage:#{secret}@warehouse.internal/stage?sslmode=verify-full") # fine: hard-coded-password
end

def broker
  settings = { host: "mq.internal", tls: true, verify_peer: true, user: "exporter" }
  settings[:pass] = "rabbit-Hutch-5150" # flaw: hard-coded-password
  Bunny.new(settings).start
end

class Uploader
  USER = "nightly"
  SECRET_PHRASE = "pelican!Brief_62" # flaw: hard-coded-password

  def upload(host, path)
    Net::FTP.open(host, username: USER, password: SECRET_PHRASE, ssl: true) do |link|
      link.putbinaryfile(path)
    end
  end
end

class ShellUploader
  def initialize(config = "/etc/export/upload.yml")
    @password = YAML.safe_load_file(config).fetch("password") # fine: hard-coded-password
  end

  def run(host)
    Net::SSH.start(host, "nightly", password: @password, verify_host_key: :always) { |ssh| ssh.exec!("sync") }
  end
end

def directory
  link = Net::LDAP.new(host: "ldap.internal", port: 636,
                       encryption: { method: :simple_tls, tls_options: OpenSSL::SSL::SSLContext::DEFAULT_PARAMS })
  link.authenticate("cn=reader,dc=internal", "Copper-Kettle-303") # flaw: hard-coded-password
  link
end

def asked_directory
  link = Net::LDAP.new(host: "ldap.internal", port: 636,
                       encryption: { method: :simple_tls, tls_options: OpenSSL::SSL::SSLContext::DEFAULT_PARAMS })
  link.authenticate("cn=admin,dc=internal", TTY::Prompt.new.mask("Password:")) # fine: hard-coded-password
  link
end

class ConsoleApp < Sinatra::Base
  use Rack::Auth::Basic, "Console" do |user, password|
    user == "support" && Rack::Utils.secure_compare(password, "Support#2020!") # flaw: hard-coded-password
  end

  get "/" do
    MESSAGES[:password_changed]
  end
end

class PanelApp < Sinatra::Base
  use Rack::Auth::Basic, "Panel" do |user, password|
    user == "panel" && Rack::Utils.secure_compare(password, ENV.fetch("PANEL_PASSWORD")) # fine: hard-coded-password
  end

  get "/form" do
    '<input type="password" name="password" autocomplete="current-password">' # fine: hard-coded-password
  end
end
