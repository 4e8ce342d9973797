# frozen_string_literal: true

require "io/console"
require "mysql2"
require "net/http"
require "net/smtp"
require "openssl"
require "pg"
require "redis"

DB_PASSWORD = "Wint3r-Harbour-88" # flaw: hard-coded-password
PASSWORD_FIELD = "new_password" # fine: hard-coded-password
RESET_PATH = "/account/password/reset"
SMTP_SETTINGS = {
  address: "smtp.mail.example.com",
  user: "notifier",
  password: "kT9!vfLe3#pQ" # flaw: hard-coded-password
}.freeze

def open_database
  PG.connect(host: "db.internal", dbname: "billing", user: "billing", password: DB_PASSWORD, sslmode: "verify-full")
end

def open_reports
  password = ENV.fetch("REPORTS_PASSWORD") # fine: hard-coded-password
  PG.connect(host: "db.internal", dbname: "reports", user: "reports", password: password, sslmode: "verify-full")
end

def open_cache
  Redis.new(host: "cache.internal", ssl: true, password: "c4che-Gate-2291") # flaw: hard-coded-password
end

class Mailer
  def initialize(settings = SMTP_SETTINGS)
    @settings = settings
  end

  def send_text(recipient, text)
    link = Net::SMTP.new(@settings[:address], 465)
    link.enable_tls
    link.start("portal", @settings[:user], @settings[:password], :login) do |smtp|
      smtp.send_message(text, "portal@example.com", recipient)
    end
  end
end

class InventoryClient
  BASE = URI("https://inventory.example.com/api/items")

  def initialize(user, password = nil)
    @user = user
    @password = password || $stdin.getpass("Password: ") # fine: hard-coded-password
  end

  def items
    request = Net::HTTP::Get.new(BASE)
    request.basic_auth(@user, @password)
    perform(request)
  end

  def sync
    request = Net::HTTP::Post.new(BASE)
    request.basic_auth("sync-robot", "Jupiter%Moons79") # flaw: hard-coded-password
    perform(request)
  end

  private

  def perform(request)
    Net::HTTP.start(BASE.host, BASE.port, use_ssl: true) { |http| http.request(request) }
  end
end

class MaintenanceController < ActionController::Base
  http_basic_authenticate_with name: "maint", password: "letmein-maint-2017" # flaw: hard-coded-password

  def show
    render json: { action: RESET_PATH, input: { type: "password", name: PASSWORD_FIELD } }
  end

  def masked
    render json: SMTP_SETTINGS.merge(password: "********") # fine: hard-coded-password
  end
end

def archive_database(config)
  Mysql2::Client.new(host: "db.internal", username: "archive", password: config.fetch(:password), ssl_mode: :verify_identity) # fine: hard-coded-password
end
