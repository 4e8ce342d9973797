# frozen_string_literal: true

require "etc"
require "fileutils"
require "http"
require "mini_magick"
require "pathname"
require "securerandom"
require "socket"
require "sqlite3"
require "tempfile"
require "tmpdir"

class Pipeline
  TMP = Pathname.new(ENV.fetch("TMPDIR", "/tmp"))

  def initialize(source)
    @source = source
  end

  def tiles(count)
    Array.new(count) do |index|
      target = TMP.join("#{File.basename(@source, '.*')}_#{index}.tile")
      MiniMagick::Image.open(@source).write(target) # flaw: temp-file
      target
    end
  end

  def private_tiles(count)
    folder = Pathname.new(Dir.mktmpdir("tiles"))
    Array.new(count) do |index|
      folder.join("#{index}.png").tap { |target| MiniMagick::Image.open(@source).write(target) } # fine: temp-file
    end
  end

  def download(address)
    name = "download-" + Time.now.strftime("%H%M%S")
    target = TMP + name
    target.binwrite(HTTP.get(address).to_s) # flaw: temp-file
    target
  end

  def download_unique(address)
    file = Tempfile.new("download", binmode: true) # fine: temp-file
    file.write(HTTP.get(address).to_s)
    file.rewind
    file
  end
end

PID_FILE = "/tmp/pipeline.pid"
RUN_DIR = "/run/pipeline"

def write_pid
  File.open(PID_FILE, File::WRONLY | File::CREAT | File::TRUNC) { |file| file.write(Process.pid) } # flaw: temp-file
end

def write_run_pid
  File.write(File.join(RUN_DIR, "pipeline.pid"), Process.pid.to_s) # fine: temp-file
end

def index_database
  SQLite3::Database.new("/tmp/pipeline-#{Etc.getlogin}.db") # flaw: temp-file
end

def memory_database
  SQLite3::Database.new(":memory:") # fine: temp-file
end

def bundle(names)
  target = Dir.tmpdir + "/bundle." + $PROGRAM_NAME.tr("/", "_") + ".txt"
  IO.write(target, names.join("\n")) # flaw: temp-file
  target
end

def bundle_unique(names)
  Dir.mktmpdir do |folder|
    target = File.join(folder, "#{SecureRandom.uuid}.txt")
    File.write(target, names.join("\n")) # fine: temp-file
    FileUtils.mv(target, "/srv/bundles/")
  end
end

def control_socket
  UNIXServer.new(File.join(RUN_DIR, "control.sock")) # fine: temp-file
end
