# frozen_string_literal: true

require "fileutils"
require "pathname"

class AttachmentStore
  def initialize(base)
    @base = base
  end

  def read(name)
    File.binread(location(name)) # flaw: path-traversal
  end

  def write(name, data)
    target = File.join(@base, File.basename(name))
    File.binwrite(target, data) # fine: path-traversal
  end

  private

  def location(name)
    @base + "/" + name
  end
end

class DocumentsController < ApplicationController
  ROOT = Pathname.new("/srv/documents").realpath
  INVOICE = /\AINV-\d{4}-\d{6}\z/
  MANUALS = { "install" => "install.pdf", "operate" => "operate.pdf" }.freeze

  def download
    send_file "/srv/uploads/#{params[:name]}" # flaw: path-traversal
  end

  def text
    folder = params[:folder] || "general"
    name = params[:name].to_s
    name += ".txt" unless name.end_with?(".txt")
    path = File.join(ROOT, folder, name)
    return head(:not_found) unless File.exist?(path)

    render plain: File.read(path) # flaw: path-traversal
  end

  def raw
    path = File.expand_path(params[:path].to_s.delete_prefix("~"), ROOT)
    return head(:forbidden) unless path.start_with?("#{ROOT}/")

    send_file path # fine: path-traversal
  end

  def remove
    Array(params[:names]).each do |name|
      cleaned = name.gsub("../", "")
      FileUtils.rm_f("#{ROOT}/#{cleaned}") # flaw: path-traversal
    end
    head :no_content
  end

  def invoice
    number = params[:number].to_s
    return head(:not_found) unless INVOICE.match?(number)

    send_file "/srv/invoices/#{number}.pdf" # fine: path-traversal
  end

  def manual
    name = MANUALS[params[:topic]]
    return head(:not_found) if name.nil?

    send_file File.join("/srv/manuals", name) # fine: path-traversal
  end

  def attachment
    send_data AttachmentStore.new("/srv/attachments").read(params[:name].to_s)
  end

  def attach
    upload = params[:file]
    AttachmentStore.new("/srv/attachments").write(upload.original_filename, upload.read)
    head :created
  end

  def avatar
    picture = params[:picture]
    File.open(Rails.root.join("avatars", picture.original_filename.tr("\0", "")), "wb") do |file| # flaw: path-traversal
      file.write(picture.read)
    end
    head :created
  end

  def snapshot
    number = Integer(params[:project])
    FileUtils.cp_r("/srv/projects/#{number}", "/srv/snapshots/#{number}") # fine: path-traversal
    head :no_content
  end
end
