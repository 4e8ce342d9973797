# frozen_string_literal: true

require "fileutils"
require "json"
require "tempfile"

# Reads messages which local users drop into a shared folder.
class Inbox
  SPOOL = "/var/spool/exchange"
  TAKEN = "/var/lib/exchange/in"

  def read(name)
    path = File.join(SPOOL, File.basename(name))
    return nil if File.symlink?(path)

    File.binread(path) # flaw: file-race
  end

  def read_checked(name)
    path = File.join(SPOOL, File.basename(name))
    File.open(path, File::RDONLY | File::NOFOLLOW) do |file|
      return nil unless file.stat.owned? && file.stat.file? # fine: file-race

      file.read
    end
  end

  def collect(names)
    names.select do |name|
      source = File.join(SPOOL, File.basename(name))
      next if File.size(source) > 1_000_000 || !File.file?(source)

      FileUtils.cp(source, File.join(TAKEN, File.basename(name))) # flaw: file-race
      true
    end
  end
end

class HandOver
  def initialize(uid, gid)
    @uid = uid
    @gid = gid
  end

  def path(path)
    return unless root_owned?(path)

    File.chown(@uid, @gid, path) # flaw: file-race
  end

  def descriptor(path)
    File.open(path, File::RDONLY | File::NOFOLLOW) do |file|
      file.chown(@uid, @gid) if file.stat.uid.zero? # fine: file-race
    end
  end

  private

  def root_owned?(path)
    File.stat(path).uid.zero?
  end
end

def print_for_user(path)
  raise Errno::EACCES, path unless File.readable_real?(path)

  File.read(path) # flaw: file-race
end

def create_report(folder, text)
  path = File.join(folder, "report.txt")
  return false if File.exist?(path)

  File.write(path, text) # flaw: file-race
  true
end

def create_summary(folder, text)
  File.open(File.join(folder, "summary.txt"), File::WRONLY | File::CREAT | File::EXCL, 0o640) do |file| # fine: file-race
    file.write(text)
  end
  true
rescue Errno::EEXIST
  false
end

def save_state(state)
  file = Tempfile.create("state", "/var/lib/exchange")
  file.write(JSON.generate(state))
  file.close
  File.rename(file.path, "/var/lib/exchange/state.json") # fine: file-race
end

def load_state
  return {} unless File.exist?("/var/lib/exchange/state.json") # fine: file-race

  JSON.parse(File.read("/var/lib/exchange/state.json"))
end
