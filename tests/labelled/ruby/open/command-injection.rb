# frozen_string_literal: true

require "ipaddr"
require "open3"
require "shellwords"

class ToolsController < ApplicationController
  UNITS = { "web" => "puma.service", "jobs" => "sidekiq.service" }.freeze
  HOST = /\A[a-z0-9][a-z0-9-]{0,62}(\.[a-z0-9-]{1,63}){0,8}\z/
  REPORTS = "/srv/reports"

  def ping
    output = `ping -c 1 #{params[:host]}` # flaw: command-injection
    render json: { output: output }
  end

  def ping_address
    address = IPAddr.new(params[:address])
    return head(:bad_request) unless address.ipv4?

    output = `ping -c 1 #{address}` # fine: command-injection
    render json: { output: output }
  rescue IPAddr::Error
    head :bad_request
  end

  def dns
    parts = ["dig", "+short"]
    parts << "-t #{params[:type]}" if params[:type].present?
    parts << params.fetch(:name, "example.org")
    line = parts.join(" ")
    render json: { found: system(line) } # flaw: command-injection
  end

  def whois
    name = params[:name].to_s.downcase
    return head(:bad_request) unless HOST.match?(name)

    output, = Open3.capture2("whois #{name}") # fine: command-injection
    render json: { text: output }
  end

  def logs
    unit = UNITS.fetch(params[:unit], "puma.service")
    render plain: %x(journalctl -n 50 -u #{unit}) # fine: command-injection
  end

  def search
    render json: { files: find_files("*#{params[:q]}*") }
  end

  def grep
    output, = Open3.capture2("grep", "-rlF", "-e", params[:q].to_s, "--", REPORTS) # fine: command-injection
    render json: { files: output.lines.map(&:chomp) }
  end

  def count
    term = Shellwords.escape(params[:q].to_s)
    render json: { count: `grep -rcF -e #{term} #{REPORTS} | wc -l`.to_i } # fine: command-injection
  end

  def convert
    job = Transcoder.new("/srv/media/intro.mov")
    job.option("-b:v", params[:bitrate] || "900k")
    render json: { ok: job.run("/srv/media/intro.mp4") }
  end

  def archive
    IO.popen("tar czf /var/backups/#{params[:label]}.tgz #{REPORTS}") { |io| io.read } # flaw: command-injection
    head :no_content
  end

  private

  def find_files(pattern)
    command = "find " + REPORTS + " -name '" + pattern + "'"
    stdout, _status = Open3.capture2e(command) # flaw: command-injection
    stdout.split("\n")
  end
end

class Transcoder
  def initialize(source)
    @source = source
    @options = []
  end

  def option(flag, value)
    @options << "#{flag} #{value}"
    self
  end

  def run(target)
    Kernel.system("ffmpeg -y -i #{@source} #{@options.join(' ')} #{target}") # flaw: command-injection
  end

  def resize(width, height)
    system("mogrify -resize #{Integer(width)}x#{Integer(height)} /srv/reports/cover.png") # fine: command-injection
  end
end
