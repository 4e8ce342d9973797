# frozen_string_literal: true

require "fileutils"

class Installer
  DIRECTORY_MODE = 0o777
  TOOL_MODE = 0o750

  def initialize(root)
    @root = root
  end

  def prepare(names)
    names.each do |name|
      folder = File.join(@root, name)
      FileUtils.mkdir_p(folder)
      File.chmod(DIRECTORY_MODE, folder) # flaw: permissions
    end
  end

  def install_tool(source)
    target = File.join(@root, "bin", File.basename(source))
    FileUtils.install(source, target, mode: TOOL_MODE) # fine: permissions
    target
  end
end

module Store
  DATA = "/var/lib/collector"
  PRIVATE = 0o600

  module_function

  def write_settings(text)
    target = File.join(DATA, "settings.ini")
    File.write(target, text)
    FileUtils.chmod("a+rw", target) # flaw: permissions
  end

  def write_credentials(text)
    File.open(File.join(DATA, "credentials.json"), "w", PRIVATE) { |file| file.write(text) } # fine: permissions
  end

  def publish_script(lines)
    target = File.join(DATA, "after.sh")
    File.write(target, lines.join("\n"))
    mode = 0o700
    [0o070, 0o007].each { |bits| mode |= bits }
    FileUtils.chmod(mode, target) # flaw: permissions
  end

  def publish_report(lines)
    target = File.join(DATA, "report.txt")
    File.write(target, lines.join("\n"))
    FileUtils.chmod("u=rw,g=r,o=", target) # fine: permissions
  end

  def open_queue(name)
    apply(File.join(DATA, name), 0o662)
  end

  def apply(path, mode)
    file = File.open(path, "a")
    file.chmod(mode) # flaw: permissions
    file
  end

  def open_journal(name)
    file = File.open(File.join(DATA, name), "a", 0o640)
    file.chmod(0o640) # fine: permissions
    file
  end

  def exposed?(path)
    File.stat(path).world_writable? ? true : false # fine: permissions
  end

  def tighten(root)
    Dir.glob(File.join(root, "**", "*")).each do |path|
      next if File.symlink?(path) || !exposed?(path)

      File.chmod(File.stat(path).mode & 0o7755, path) # fine: permissions
    end
  end
end

def daemonize
  Process.daemon
  File.umask(0) # flaw: permissions
end

def restrict_new_files
  File.umask(0o077) # fine: permissions
end
