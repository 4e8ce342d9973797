# frozen_string_literal: true

require "fileutils"
require "rubygems/package"
require "zip"
require "zlib"

Zip.validate_entry_sizes = true

class PluginInstaller
  LIMIT = 50 * 1024 * 1024

  def initialize(path)
    @path = path
  end

  def install(destination)
    Zip::File.open(@path) do |archive|
      archive.each do |entry|
        next if entry.directory?

        target = File.join(destination, entry.name)
        FileUtils.mkdir_p(File.dirname(target))
        File.binwrite(target, content(entry)) # flaw: archive-extraction
      end
    end
  end

  def install_checked(destination)
    base = File.expand_path(destination)
    Zip::File.open(@path) do |archive|
      archive.reject(&:directory?).each do |entry|
        target = File.expand_path(File.join(base, entry.name))
        raise ArgumentError, entry.name unless target.start_with?(base + "/")

        FileUtils.mkdir_p(File.dirname(target))
        File.binwrite(target, content(entry)) # fine: archive-extraction
      end
    end
  end

  private

  def content(entry)
    raise ArgumentError, "size" if entry.size > LIMIT

    entry.get_input_stream.read
  end
end

class ThemesController < ApplicationController
  THEMES = "/srv/themes"
  BUNDLED = "/opt/app/bundled/defaults.tgz"

  def create
    each_entry(params[:theme].tempfile) do |entry|
      next unless entry.file?

      File.open("#{THEMES}/#{entry.full_name}", "wb") { |file| file.write(entry.read) } # flaw: archive-extraction
    end
    head :created
  end

  def create_flat
    each_entry(params[:theme].tempfile) do |entry|
      name = File.basename(entry.full_name)
      next unless entry.file? && name.match?(/\A[a-z0-9_-]+\.css\z/)

      File.binwrite(File.join(THEMES, name), entry.read) # fine: archive-extraction
    end
    head :created
  end

  def links
    each_entry(params[:theme].tempfile) do |entry|
      target = File.join(THEMES, File.basename(entry.full_name))
      File.symlink(entry.header.linkname, target) if entry.header.typeflag == "2" # flaw: archive-extraction
    end
    head :created
  end

  def plugin
    installer = PluginInstaller.new(params[:plugin].tempfile.path)
    params[:channel] == "beta" ? installer.install("/srv/plugins") : installer.install_checked("/srv/plugins")
    head :created
  end

  def fonts
    Zip::InputStream.open(params[:fonts].tempfile) do |stream|
      while (entry = stream.get_next_entry)
        path = Rails.root.join("fonts", entry.name.delete_prefix("/"))
        IO.binwrite(path, stream.read) # flaw: archive-extraction
      end
    end
    head :created
  end

  def locales
    saved = []
    Zip::File.open(params[:locales].tempfile.path) do |archive|
      archive.glob("*.yml").each_with_index do |entry, index|
        File.binwrite("/srv/locales/#{index}.yml", entry.get_input_stream.read) # fine: archive-extraction
        saved << index
      end
    end
    render json: { saved: saved }
  end

  def reset
    File.open(BUNDLED, "rb") do |io|
      Gem::Package.new("").extract_tar_gz(io, "/srv/themes/default") # fine: archive-extraction
    end
    head :no_content
  end

  def inspect_archive
    names = Zip::File.open(params[:archive].tempfile.path) { |archive| archive.map(&:name) } # fine: archive-extraction
    render json: { names: names }
  end

  private

  def each_entry(io, &block)
    Gem::Package::TarReader.new(Zlib::GzipReader.new(io)) { |tar| tar.each(&block) }
  end
end
