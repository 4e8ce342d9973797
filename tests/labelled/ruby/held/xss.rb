# frozen_string_literal: true

require "cgi/escape"
require "erubi"
require "json"
require "rack"
require "sinatra/base"

class Fragment
  def initialize
    @pieces = []
  end

  def tag(name, text)
    @pieces << "<#{name}>#{Rack::Utils.escape_html(text.to_s)}</#{name}>"
    self
  end

  def raw_tag(name, text)
    @pieces << "<#{name}>#{text}</#{name}>"
    self
  end

  def to_s
    @pieces.join("\n")
  end
end

module ForumHelper
  def author_link(name, slug)
    ActiveSupport::SafeBuffer.new("<a href='/u/#{slug}'>#{name}</a>") # flaw: xss
  end

  def member_link(name, slug)
    buffer = ActiveSupport::SafeBuffer.new
    buffer << name << " (" << slug << ")" # fine: xss
    content_tag(:span, buffer)
  end

  def homepage(member)
    link_to(member.name, member.homepage) # flaw: xss
  end

  def signature(text)
    safe_join(text.split("\n"), tag.br) # fine: xss
  end

  def quote(text)
    simple_format(text, {}, sanitize: false) # flaw: xss
  end

  def excerpt_of(text)
    simple_format(truncate(text, length: 200)) # fine: xss
  end
end

class ForumApp < Sinatra::Base
  THEMES = { "dark" => "theme-dark", "light" => "theme-light" }.freeze

  get "/closed" do
    "<p>Closed: #{params[:reason]}</p>" # flaw: xss
  end

  get "/closed/escaped" do
    "<p>Closed: #{CGI.escapeHTML(params[:reason].to_s)}</p>" # fine: xss
  end

  get "/quote" do
    fragment = Fragment.new.tag("h3", params[:title])
    fragment.raw_tag("blockquote", params[:quote])
    body fragment.to_s # flaw: xss
  end

  get "/digest" do
    fragment = Fragment.new
    Array(params[:title]).each { |title| fragment.tag("h4", title) }
    body fragment.to_s # fine: xss
  end

  get "/plain" do
    content_type "text/plain"
    "You wrote: #{params[:text]}" # fine: xss
  end

  get "/theme" do
    css = THEMES.fetch(params[:theme], "theme-light")
    "<body class='#{css}'></body>" # fine: xss
  end

  get "/callback" do
    content_type "text/html"
    [200, "#{params[:callback]}(#{JSON.generate(unread: 3)})"] # flaw: xss
  end
end

class StatusPage
  def call(env)
    request = Rack::Request.new(env)
    rows = request.params.map { |key, value| "<tr><td>#{key}</td><td>#{value}</td></tr>" }
    response = Rack::Response.new
    response["content-type"] = "text/html"
    response.write("<table>#{rows.join}</table>") # flaw: xss
    response.finish
  end
end
