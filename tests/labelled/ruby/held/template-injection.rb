# frozen_string_literal: true

require "erubi"
require "haml"
require "liquid"
require "mustache"
require "slim"
require "tilt"

class Composer
  def initialize
    @blocks = []
  end

  def block(text)
    @blocks << text
    self
  end

  def compose(values)
    Slim::Template.new { @blocks.join("\n") }.render(nil, values) # flaw: template-injection
  end

  def compose_plain(values)
    source = "p = intro\np = body"
    Slim::Template.new { source }.render(nil, values) # fine: template-injection
  end
end

class CampaignsController < ApplicationController
  LAYOUTS = { "plain" => "campaigns/plain", "festive" => "campaigns/festive" }.freeze
  FOOTER = "%p= sender"

  def subject
    render inline: params[:subject].to_s # flaw: template-injection
  end

  def subject_fixed
    render inline: "Offer for <%= name %>", locals: { name: params[:name].to_s } # fine: template-injection
  end

  def mail
    composer = Composer.new.block("p Dear customer")
    Array(params[:paragraphs]).each { |paragraph| composer.block(paragraph) unless paragraph.blank? }
    render json: { text: composer.compose(name: current_user.name) }
  end

  def mail_plain
    render json: { text: Composer.new.compose_plain(intro: params[:intro].to_s, body: params[:body].to_s) }
  end

  def footer
    text = Haml::Template.new { FOOTER }.render(Object.new, sender: params[:sender].to_s) # fine: template-injection
    render json: { text: text }
  end

  def signature
    title = params[:title].to_s
    source = title.empty? ? "= sender" : "#{title}\n= sender"
    render json: { text: expand(source, sender: current_user.name) }
  end

  def landing
    heading = "<h2>#{params[:heading]}</h2>"
    code = Erubi::Engine.new(heading + "<%= Time.now.year %>", escape: true).src
    render json: { text: instance_eval(code) } # flaw: template-injection
  end

  def overview
    render LAYOUTS.fetch(params[:layout], "campaigns/plain"), locals: { intro: params[:intro].to_s } # fine: template-injection
  end

  def merge
    text = Mustache.render(params[:template].to_s[0, 4000], name: "Ann") # fine: template-injection
    render json: { text: text }
  end

  def snippet
    template = Liquid::Template.parse(params[:template].to_s[0, 4000], error_mode: :strict) # fine: template-injection
    render json: { text: template.render("name" => "Ann") }
  end

  def preview
    file = Tilt::ERBTemplate.new("preview.erb") { "<% title = 1 %>" + params[:intro].to_s } # flaw: template-injection
    render json: { text: file.render }
  end

  private

  def expand(source, values)
    Tilt["haml"].new { source }.render(self, values) # flaw: template-injection
  end
end
