# frozen_string_literal: true

require "fileutils"
require "pathname"
require "tempfile"

# Parts of a privileged print and quota daemon.
class Job
  def initialize(uid, path)
    @uid = uid
    @path = Pathname.new(path)
  end

  def content
    raise Errno::EACCES, @path.to_s unless allowed?

    @path.binread # flaw: file-race
  end

  private

  def allowed?
    info = @path.lstat
    info.file? && info.uid == @uid
  end
end

class DescriptorJob
  def initialize(uid, path)
    @uid = uid
    @file = File.new(path, File::RDONLY | File::NOFOLLOW | File::NONBLOCK)
  end

  def content
    info = @file.stat # fine: file-race
    raise Errno::EACCES, "job" unless info.file? && info.uid == @uid

    @file.read
  ensure
    @file.close
  end
end

class Homes
  ROOT = "/home"

  def clear_cache(user)
    cache = File.join(ROOT, user, ".cache")
    return unless File.realpath(cache) == cache

    Dir.each_child(cache) { |name| File.unlink(File.join(cache, name)) } # flaw: file-race
  end

  def store_quota(user, limit)
    target = "#{ROOT}/#{user}/.quota"
    IO.write(target, limit.to_s) unless File.exist?(target) # flaw: file-race
  end

  def store_note(folder, text)
    File.open(File.join(folder, "note.txt"), "wx") { |file| file.write(text) } # fine: file-race
  rescue Errno::EEXIST
    nil
  end

  def make_readable(path)
    return if File.lstat(path).symlink?

    FileUtils.chmod(0o644, path) # flaw: file-race
  end

  def make_readable_file(path)
    File.open(path, File::RDONLY | File::NOFOLLOW) { |file| file.chmod(0o644) } # fine: file-race
  end

  def attach(user, names)
    paths = names.map { |name| File.join(ROOT, user, "outbox", File.basename(name)) }
    paths.reject! { |path| File.symlink?(path) || File.size(path) > 5_000_000 }
    paths.each { |path| FileUtils.mv(path, "/var/spool/jobs") } # flaw: file-race
  end
end

class OwnState
  FOLDER = Pathname.new("/var/lib/printd")

  def prepare
    FOLDER.join("state").mkpath # fine: file-race
    marker = FOLDER.join("state", "started")
    marker.write("1") unless marker.exist? # fine: file-race
  end

  def replace_table(lines)
    file = Tempfile.create("table", FOLDER.to_s)
    file.puts(lines)
    file.close
    File.rename(file.path, FOLDER.join("table")) # fine: file-race
  end
end
