# frozen_string_literal: true

require "fileutils"
require "net/sftp"
require "pathname"
require "rubygems/package"

class Layout
  MODES = { config: 0o640, script: 0o755, drop: 0o777, key: 0o400 }.freeze

  def initialize(root = "/srv/release")
    @root = Pathname.new(root)
  end

  def drop_folder(name)
    folder = @root.join("drop", name)
    folder.mkpath
    folder.chmod(MODES[:drop]) # flaw: permissions
    folder
  end

  def key_file(name, material)
    path = @root.join("keys", name)
    path.open("w", 0o600) { |file| file.write(material) }
    path.chmod(MODES[:key]) # fine: permissions
    path
  end

  def config_file(name, text)
    path = @root.join("config", name)
    path.write(text)
    FileUtils.chmod(MODES.fetch(:config), path) # fine: permissions
  end

  def cron_script(name, text)
    path = @root.join("cron", name)
    path.write(text)
    system("chmod", "a+rwx", path.to_s) # flaw: permissions
  end

  def group_script(name, text)
    path = @root.join("cron", name)
    path.write(text)
    system("chmod", "u=rwx,g=rx,o=", path.to_s) # fine: permissions
  end
end

module Masks
  module_function

  def with(mask)
    previous = File.umask(mask)
    yield
  ensure
    File.umask(previous)
  end
end

def queue_folder(name)
  Masks.with(0) { Dir.mkdir("/srv/release/queue/#{name}") } # flaw: permissions
end

def inbox_folder(name)
  Masks.with(0o027) { Dir.mkdir("/srv/release/inbox/#{name}") } # fine: permissions
end

def install_tree(source, target)
  FileUtils.install(source, target, mode: 0o666) # flaw: permissions
end

def install_reports(source, target)
  FileUtils.install(source, target, mode: "u=rw,g=r") # fine: permissions
end

def remote_upload(host, source, target)
  Net::SFTP.start(host, "deploy", keys: ["/etc/deploy/id_ed25519"], verify_host_key: :always) do |sftp|
    sftp.upload!(source, target)
    sftp.setstat!(target, permissions: 0o646) # flaw: permissions
    sftp.setstat!("#{target}.key", permissions: 0o600) # fine: permissions
  end
end

def package(io, files)
  Gem::Package::TarWriter.new(io) do |tar|
    files.each { |name, text| tar.add_file(name, 0o644) { |entry| entry.write(text) } } # fine: permissions
  end
end

def open_for_everyone(path)
  wanted = File.stat(path).mode & 0o777
  [6, 3, 0].each { |shift| wanted |= 0o6 << shift }
  File.new(path).chmod(wanted) # flaw: permissions
end

def report(paths)
  paths.select { |path| (File.stat(path).mode & 0o777) == 0o777 } # fine: permissions
end
