# frozen_string_literal: true

require "fileutils"
require "grape"
require "pathname"
require "rack"
require "securerandom"

class Library
  def initialize(root)
    @root = Pathname.new(root)
    @current = @root
  end

  def enter(folder)
    @current = @current.join(folder)
    self
  end

  def content(name)
    @current.join(name).read # flaw: path-traversal
  end

  def checked_content(name)
    target = @current.join(name.to_s).realpath
    raise ArgumentError, name unless target.to_s.start_with?("#{@root.realpath}/")

    target.read # fine: path-traversal
  end
end

class AssetApi < Grape::API
  SCRATCH = "/srv/scratch"
  LOGS = "/var/log/assets/"

  format :json

  helpers do
    def log_location(service, day)
      LOGS + service + "-" + day + ".log"
    end

    def scratch_path(name)
      File.expand_path(File.join(SCRATCH, name))
    end
  end

  get "icon" do
    { data: IO.binread("/srv/assets/#{params[:owner]}/icon.png").unpack1("H*") } # flaw: path-traversal
  end

  params do
    requires :number, type: Integer
    requires :size, type: String, values: %w[small large]
  end
  get "photo" do
    { data: IO.binread("/srv/assets/photos/#{params[:number]}-#{params[:size]}.jpg").unpack1("H*") } # fine: path-traversal
  end

  get "logs" do
    location = log_location(params[:service], params[:day])
    error!("missing", 404) unless File.file?(location)
    { lines: File.foreach(location).first(100) } # flaw: path-traversal
  end

  get "library" do
    { text: Library.new("/srv/library").enter(params[:folder] || "public").content(params[:name]) }
  end

  get "library/checked" do
    { text: Library.new("/srv/library").checked_content(params[:name]) }
  end

  get "scratch" do
    full = scratch_path(params[:name])
    error!("missing", 404) unless full.start_with?(SCRATCH + File::SEPARATOR)
    { text: File.read(full) } # fine: path-traversal
  end

  get "scratch/near" do
    full = File.join(SCRATCH, params[:name])
    error!("missing", 404) unless full.start_with?(SCRATCH)
    { text: File.read(full) } # flaw: path-traversal
  end

  delete "scratch" do
    Array(params[:names]).each { |name| FileUtils.rm_f(File.join(SCRATCH, File.basename(name))) } # fine: path-traversal
    { left: Dir.children(SCRATCH).size }
  end

  post "scratch/rename" do
    FileUtils.mv(File.join(SCRATCH, File.basename(params[:old])), "#{SCRATCH}/#{params[:new]}") # flaw: path-traversal
    { renamed: true }
  end

  post "uploads" do
    upload = params[:document]
    extension = File.extname(upload[:filename]).downcase
    error!("type", 415) unless %w[.pdf .png].include?(extension)
    FileUtils.cp(upload[:tempfile].path, "/srv/uploads/#{SecureRandom.uuid}#{extension}") # fine: path-traversal
    { stored: true }
  end
end

class StaticFiles
  def call(env)
    path = Rack::Utils.unescape_path(env["PATH_INFO"])
    return [404, {}, []] unless path.end_with?(".css", ".js")

    [200, { "content-type" => "text/plain" }, File.open("/srv/static" + path)] # flaw: path-traversal
  end
end

STATIC = Rack::Files.new("/srv/static") # fine: path-traversal
