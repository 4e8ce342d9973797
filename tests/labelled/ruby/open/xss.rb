# frozen_string_literal: true

require "cgi"

module BadgeHelper
  ICONS = { "pin" => "&#128204;", "lock" => "&#128274;" }.freeze

  def badge(label)
    "<span class='badge'>#{label}</span>".html_safe # flaw: xss
  end

  def escaped_badge(label)
    "<span class='badge'>#{ERB::Util.h(label)}</span>".html_safe # fine: xss
  end

  def icon(kind)
    ICONS.fetch(kind, "").html_safe # fine: xss
  end

  def profile_link(user)
    link_to(user.name, "/users/#{user.id}", class: "profile") # fine: xss
  end

  def note_box(note)
    content_tag(:div, raw(note.body), class: "note") # flaw: xss
  end

  def comment_box(comment)
    content_tag(:div, sanitize(comment.body, tags: %w[b i em p], attributes: []), class: "comment") # fine: xss
  end
end

class Page
  def initialize
    @parts = []
  end

  def heading(text)
    @parts << "<h1>" + text + "</h1>"
    self
  end

  def escaped_heading(text)
    @parts << "<h1>" + CGI.escapeHTML(text) + "</h1>"
    self
  end

  def to_html
    "<html><body>#{@parts.join}</body></html>"
  end
end

class PagesController < ApplicationController
  def hello
    render html: "<p>Hello, #{params[:name]}</p>".html_safe # flaw: xss
  end

  def hello_text
    render html: "Hello, #{params[:name]}" # fine: xss
  end

  def search
    page = Page.new.heading("Results for " + params[:q].to_s)
    render body: page.to_html, content_type: "text/html" # flaw: xss
  end

  def search_escaped
    page = Page.new.escaped_heading("Results for " + params[:q].to_s)
    render body: page.to_html, content_type: "text/html" # fine: xss
  end

  def table
    rows = params.permit(:a, :b, :c).to_h.map do |key, value|
      format("<tr><td>%s</td><td>%s</td></tr>", key, value)
    end
    response.headers["Content-Type"] = "text/html"
    self.response_body = "<table>#{rows.join}</table>" # flaw: xss
  end

  def echo
    render plain: params[:text].to_s # fine: xss
  end

  def bootstrap
    script = "<script>window.tab = '#{params[:tab]}';</script>"
    render inline: "<%== script %>", locals: { script: script } # flaw: xss
  end
end
