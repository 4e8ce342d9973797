# frozen_string_literal: true

require "erb"
require "liquid"
require "sinatra/base"

class Newsletter
  def initialize(subject, body)
    @subject = subject
    @body = body
  end

  def render
    ERB.new(@body, trim_mode: "-").result(binding) # flaw: template-injection
  end
end

class Invoice
  LAYOUT = "Invoice <%= @number %> for <%= ERB::Util.h(@customer) %>"

  def initialize(number, customer)
    @number = number.to_i
    @customer = customer
  end

  def render
    ERB.new(LAYOUT).result(binding) # fine: template-injection
  end
end

class MailApp < Sinatra::Base
  LAYOUTS = { "plain" => :plain, "festive" => :festive }.freeze
  GREETING = "Hello <%= ERB::Util.h(name) %>"

  set :views, "/srv/mail/views"

  helpers do
    def page_shell(content)
      "<main>#{content}</main><footer><%= Time.now.year %></footer>"
    end
  end

  get "/hello" do
    erb "<h1>Hello #{params[:name]}</h1>" # flaw: template-injection
  end

  get "/hello/v2" do
    erb GREETING, locals: { name: params[:name].to_s } # fine: template-injection
  end

  get "/banner" do
    lines = Array(params[:line]).map { |line| "<li>#{line}</li>" }
    markup = page_shell("<ul>#{lines.join}</ul>")
    erb markup # flaw: template-injection
  end

  get "/notice" do
    markup = page_shell("<% lines.each do |l| %><li><%= ERB::Util.h(l) %></li><% end %>")
    erb markup, locals: { lines: Array(params[:line]) } # fine: template-injection
  end

  post "/newsletter/preview" do
    content_type "text/plain"
    Newsletter.new(params[:subject], params[:body]).render
  end

  post "/invoice/preview" do
    Invoice.new(params[:number], params[:customer]).render
  end

  post "/merge" do
    content_type "text/plain"
    template = Liquid::Template.parse(params[:text].to_s[0, 2000]) # fine: template-injection
    template.render("first" => "Ann", "last" => "Berg")
  end

  get "/layout" do
    erb LAYOUTS.fetch(params[:layout], :plain), locals: { body: params[:body] } # fine: template-injection
  end

  get "/label" do
    layout = params[:layout] || "%p label"
    haml layout # flaw: template-injection
  end

  error 404 do
    source = "No page at " + request.path_info + " (<%= request.request_method %>)"
    content_type "text/plain"
    ERB.new(source).result(binding) # flaw: template-injection
  end
end
