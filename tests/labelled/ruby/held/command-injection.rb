# frozen_string_literal: true

require "grape"
require "net/ssh"
require "open3"
require "pty"
require "shellwords"
require "tty-command"

module Shell
  module_function

  def run(template, values)
    line = template.gsub(/\{(\w+)\}/) { values[Regexp.last_match(1).to_sym] }
    Open3.popen3(line) { |_in, out, _err, _thread| out.read } # flaw: command-injection
  end

  def run_quoted(template, values)
    line = template.gsub(/\{(\w+)\}/) { values[Regexp.last_match(1).to_sym].to_s.shellescape }
    Open3.popen3(line) { |_in, out, _err, _thread| out.read } # fine: command-injection
  end
end

class RemoteDevice
  SERVICES = %w[mosquitto telegraf chrony].freeze

  def initialize(address)
    @session = Net::SSH.start(address, "console", keys: [ENV.fetch("CONSOLE_KEY_FILE")], verify_host_key: :always)
  end

  def tail(file_name)
    @session.exec!("tail -n 100 /var/log/" + file_name) # flaw: command-injection
  end

  def tail_quoted(file_name)
    path = "/var/log/device/" + File.basename(file_name)
    @session.exec!("tail -n 100 -- " + Shellwords.escape(path)) # fine: command-injection
  end

  def restart(service)
    raise ArgumentError, service unless SERVICES.include?(service)

    @session.exec!("sudo systemctl restart #{service}") # fine: command-injection
  end
end

class FleetApi < Grape::API
  format :json

  helpers do
    def device
      RemoteDevice.new(Device.find(params[:id]).address)
    end
  end

  params do
    requires :id, type: Integer
    optional :file, type: String, default: "syslog"
    optional :scope, type: String, values: %w[device system]
  end
  get "devices/:id/log" do
    { text: params[:scope] == "device" ? device.tail_quoted(params[:file]) : device.tail(params[:file]) }
  end

  get "devices/:id/usage" do
    { text: Shell.run("du -sh /exports/{folder}", folder: params[:folder]) }
  end

  get "files" do
    { text: Shell.run_quoted("find /exports/public -name {pattern} | sort", pattern: params[:pattern]) }
  end

  post "deploy" do
    branch = params[:branch] || "main"
    pid = Process.spawn("cd /srv/fleet && git checkout #{branch}") # flaw: command-injection
    Process.wait(pid)
    { code: $CHILD_STATUS&.exitstatus }
  end

  params do
    requires :branch, type: String, regexp: %r{\A[A-Za-z0-9][A-Za-z0-9._/-]{0,80}\z}
  end
  post "deploy/checked" do
    pid = Process.spawn("cd /srv/fleet && git checkout #{params[:branch]}") # fine: command-injection
    Process.wait(pid)
    {}
  end

  post "telemetry" do
    stages = ["cat /srv/telemetry/latest.json"]
    Array(params[:filters]).each { |filter| stages << "jq #{filter}" }
    PTY.spawn(stages.join(" | ")) { |out, _in, _pid| { text: out.read } } # flaw: command-injection
  end

  params { requires :lines, type: Integer }
  get "telemetry" do
    TTY::Command.new(printer: :null).run("tail -n #{params[:lines]} /srv/telemetry/latest.json").out # fine: command-injection
  end

  post "notify" do
    message = params[:message].to_s.delete('"')
    exec_options = ["sh", "-c", "wall \"#{message}\""]
    { ok: system(*exec_options) } # flaw: command-injection
  end

  post "notify/plain" do
    { ok: system("wall", "--", params[:message].to_s) } # fine: command-injection
  end
end
