# frozen_string_literal: true

require "fileutils"
require "grape"
require "minitar"
require "pathname"
require "rubygems/package"
require "securerandom"
require "zip"

class ScormPackage
  LIMIT = 200 * 1024 * 1024

  def initialize(path)
    @archive = Zip::File.open(path)
    raise ArgumentError, "size" if @archive.sum(&:size) > LIMIT
  end

  def unpack(folder)
    @archive.each do |entry|
      next if entry.name.start_with?("/") || entry.directory?

      target = Pathname.new(folder) + entry.name
      target.dirname.mkpath
      target.binwrite(@archive.read(entry)) # flaw: archive-extraction
    end
  end

  def unpack_parts(folder)
    @archive.reject(&:directory?).each do |entry|
      parts = Pathname.new("/" + entry.name).cleanpath.each_filename.to_a
      write(Pathname.new(folder).join(*parts), entry) unless parts.empty?
    end
  end

  def unpack_resolved(folder)
    base = File.realpath(folder)
    @archive.reject(&:directory?).each do |entry|
      target = File.expand_path(entry.name.delete_prefix("~"), base)
      next unless target.start_with?(base + File::SEPARATOR)

      FileUtils.mkdir_p(File.dirname(target))
      File.binwrite(target, @archive.read(entry)) # fine: archive-extraction
    end
  end

  def manifest
    @archive.read("imsmanifest.xml") # fine: archive-extraction
  end

  private

  def write(target, entry)
    target.dirname.mkpath
    target.binwrite(@archive.read(entry)) # fine: archive-extraction
  end
end

class CourseApi < Grape::API
  format :json

  helpers do
    def tar(upload)
      File.open(upload[:tempfile].path, "rb") { |io| Gem::Package::TarReader.new(io).each { |entry| yield entry } }
    end
  end

  post "courses/:id" do
    package = ScormPackage.new(params[:package][:tempfile].path)
    folder = "/srv/courses/#{Integer(params[:id])}"
    case params[:engine]
    when "old" then package.unpack(folder)
    when "parts" then package.unpack_parts(folder)
    else package.unpack_resolved(folder)
    end
    { manifest: package.manifest.bytesize }
  end

  post "media" do
    tar(params[:media]) do |entry|
      path = "/srv/media/" + entry.full_name
      IO.copy_stream(entry, path) if entry.file? # flaw: archive-extraction
    end
    { ok: true }
  end

  post "media/numbered" do
    tar(params[:media]) do |entry|
      IO.copy_stream(entry, "/srv/media/#{SecureRandom.uuid}.bin") if entry.file? # fine: archive-extraction
    end
    { ok: true }
  end

  post "folders" do
    tar(params[:media]) do |entry|
      next unless entry.directory?

      FileUtils.mkdir_p(File.join("/srv/folders", entry.full_name), mode: entry.header.mode & 0o755) # flaw: archive-extraction
    end
    { ok: true }
  end

  post "backup" do
    Minitar::Input.open(params[:backup][:tempfile]) do |input|
      input.each do |entry|
        File.open(File.expand_path(entry.full_name, "/srv/backup"), "wb") { |file| file.write(entry.read) } # flaw: archive-extraction
      end
    end
    { ok: true }
  end

  post "names" do
    names = []
    tar(params[:media]) { |entry| names << entry.full_name } # fine: archive-extraction
    { names: names }
  end
end

def export(folder, target)
  Zip::File.open(target, create: true) do |archive|
    Dir.glob("#{folder}/**/*").each { |path| archive.add(path.delete_prefix("#{folder}/"), path) } # fine: archive-extraction
  end
end
