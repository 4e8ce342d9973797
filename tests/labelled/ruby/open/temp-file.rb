# frozen_string_literal: true

require "fileutils"
require "tempfile"
require "tmpdir"

SPOOL = "/tmp/labels.spool"
CACHE_HOME = "/var/cache/printer"

def spool_label(text)
  File.write(SPOOL, text) # flaw: temp-file
  system("lp", SPOOL)
end

def spool_page(text)
  Tempfile.create(["page", ".txt"]) do |file| # fine: temp-file
    file.write(text)
    file.flush
    system("lp", file.path)
  end
end

class ReportWriter
  def initialize(name)
    @path = File.join(Dir.tmpdir, "#{name}-#{Process.pid}.html")
  end

  def write(markup)
    File.open(@path, "w") { |file| file.write(markup) } # flaw: temp-file
    @path
  end
end

class SheetWriter
  def initialize(name)
    @file = Tempfile.new([name, ".csv"]) # fine: temp-file
  end

  def write(rows)
    rows.each { |row| @file.puts(row.join(";")) }
    @file.close
    @file.path
  end
end

def dump_state(job_id, state)
  name = format("job-%d-%d.state", job_id, Time.now.to_i)
  target = "#{Dir.tmpdir}/#{name}"
  IO.binwrite(target, Marshal.dump(state)) # flaw: temp-file
  target
end

def dump_private_state(job_id, state)
  Dir.mktmpdir("job-") do |folder|
    target = File.join(folder, "#{job_id}.state")
    File.binwrite(target, Marshal.dump(state)) # fine: temp-file
    FileUtils.cp(target, File.join(CACHE_HOME, "#{job_id}.state"))
  end
end

def workspace(user)
  path = "/tmp/workspace-#{user}"
  FileUtils.mkdir_p(path) # flaw: temp-file
  path
end

def private_workspace
  path = Dir.mktmpdir("workspace-") # fine: temp-file
  Dir.mkdir(File.join(path, "input"))
  path
end

def cached_preview(key, content)
  File.binwrite(File.join(CACHE_HOME, "#{Integer(key)}.png"), content) # fine: temp-file
end

def exclusive_marker(job_id)
  File.open("/tmp/printer-#{Integer(job_id)}.lock", File::CREAT | File::EXCL | File::WRONLY, 0o600, &:close) # fine: temp-file
end

def append_log(lines)
  target = ENV.fetch("PRINTER_LOG", "/tmp/printer.log")
  File.open(target, "a") do |file| # flaw: temp-file
    lines.each { |line| file.puts(line) }
  end
end
