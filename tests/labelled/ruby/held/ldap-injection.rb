# frozen_string_literal: true

require "ldap"
require "net/ldap"
require "net/ldap/dn"
require "roda"

class Directory
  BASE = "dc=uni,dc=example"
  STUDENTS = "ou=students,#{BASE}"
  STAFF = "ou=staff,#{BASE}"
  TEMPLATE = "(&(objectClass=inetOrgPerson)(%<attribute>s=%<value>s))"

  def initialize
    @link = Net::LDAP.new(host: "ldap.uni.example", port: 636,
                          encryption: { method: :simple_tls, tls_options: OpenSSL::SSL::SSLContext::DEFAULT_PARAMS })
    @link.auth(ENV.fetch("LDAP_DN"), ENV.fetch("LDAP_SECRET"))
  end

  def by_attribute(attribute, value)
    dns(BASE, format(TEMPLATE, attribute: attribute, value: value))
  end

  def by_mail(mail)
    filter = format(TEMPLATE, attribute: "mail", value: Net::LDAP::Filter.escape(mail))
    @link.search(base: BASE, filter: filter).to_a.map(&:dn) # fine: ldap-injection
  end

  def staff(words)
    alternatives = words.map { |word| "(cn=*#{word.strip}*)" }
    @link.search(base: STAFF, filter: "(|#{alternatives.join})", size: 50).to_a.map(&:dn) # flaw: ldap-injection
  end

  def staff_escaped(words)
    filters = words.map { |word| Net::LDAP::Filter.contains("cn", word.strip) }
    combined = filters.reduce { |left, right| left | right }
    @link.search(base: STAFF, filter: combined).to_a.map(&:dn) # fine: ldap-injection
  end

  def office(room)
    @link.search(base: "ou=#{room},#{STAFF}", attributes: ["telephoneNumber"]).to_a.size # flaw: ldap-injection
  end

  def unit(room)
    base = ["ou=" + Net::LDAP::DN.escape(room), STAFF].join(",")
    @link.search(base: base, attributes: ["telephoneNumber"]).to_a.size # fine: ldap-injection
  end

  def student(number)
    @link.search(base: STUDENTS, filter: Net::LDAP::Filter.eq("studentNumber", Integer(number).to_s)).to_a.size # fine: ldap-injection
  end

  private

  def dns(base, filter)
    @link.search(base: base, filter: filter).to_a.map(&:dn) # flaw: ldap-injection
  end
end

class DirectoryApp < Roda
  plugin :json
  FACULTIES = { "law" => "(faculty=LAW)", "arts" => "(faculty=ART)" }.freeze

  def native
    LDAP::SSLConn.new("ldap.uni.example", 636).bind(ENV.fetch("LDAP_DN"), ENV.fetch("LDAP_SECRET")) do |link|
      yield link
    end
  end

  route do |r|
    directory = Directory.new

    r.get("people") { directory.by_attribute("sn", r.params["surname"]) }
    r.get("mail") { directory.by_mail(r.params["mail"].to_s) }
    r.get("staff") { directory.staff(r.params["words"].to_s.split(",")) }
    r.get("colleagues") { directory.staff_escaped(r.params.fetch("words", "a").split(",")) }
    r.get("office", String) { |room| { count: directory.office(room) } }
    r.get("unit", String) { |room| { count: directory.unit(room) } }
    r.get("students", String) { |number| { count: directory.student(number) } }

    r.get "cards" do
      found = []
      clause = "(cardNumber=" + r.params["card"].to_s + ")"
      native do |link|
        link.search(Directory::STUDENTS, LDAP::LDAP_SCOPE_SUBTREE, clause) { |entry| found << entry.dn } # flaw: ldap-injection
      end
      found
    end

    r.get "faculty", String do |name|
      found = []
      clause = FACULTIES.fetch(name, "(faculty=NONE)")
      native do |link|
        link.search(Directory::STUDENTS, LDAP::LDAP_SCOPE_SUBTREE, clause) { |entry| found << entry.dn } # fine: ldap-injection
      end
      found
    end
  end
end
