# frozen_string_literal: true

require "net/ldap"
require "net/ldap/dn"

class PeopleController < ApplicationController
  PEOPLE = "ou=people,dc=corp,dc=internal"
  LOGIN = /\A[a-z][a-z0-9]{1,31}\z/
  DEPARTMENTS = { "sales" => "(departmentNumber=100)", "it" => "(departmentNumber=200)" }.freeze

  def lookup
    found = directory.search(base: PEOPLE, filter: "(uid=#{params[:uid]})") # flaw: ldap-injection
    render json: addresses(found)
  end

  def by_mail
    filter = Net::LDAP::Filter.equals("mail", params[:mail].to_s)
    render json: addresses(directory.search(base: PEOPLE, filter: filter)) # fine: ldap-injection
  end

  def find
    pieces = []
    pieces << "(givenName=" + params[:given] + "*)" if params[:given]
    pieces << "(sn=" + params[:family] + "*)" if params[:family]
    return head(:bad_request) if pieces.empty?

    filter = Net::LDAP::Filter.construct("(&(objectClass=person)#{pieces.join})") # flaw: ldap-injection
    render json: addresses(directory.search(base: PEOPLE, filter: filter))
  end

  def account
    login = params[:login].to_s
    return head(:bad_request) unless LOGIN.match?(login)

    found = directory.search(base: PEOPLE, filter: "(uid=#{login})") # fine: ldap-injection
    render json: addresses(found)
  end

  def department
    clause = DEPARTMENTS.fetch(params[:name], "(departmentNumber=0)")
    render json: addresses(directory.search(base: PEOPLE, filter: clause)) # fine: ldap-injection
  end

  def groups
    render json: GroupFinder.new(directory).named(params[:name])
  end

  def owned_groups
    render json: GroupFinder.new(directory).owned_by(params[:owner].to_s)
  end

  def card
    base = "cn=#{params[:name]}," + PEOPLE
    found = directory.search(base: base, scope: Net::LDAP::SearchScope_WholeSubtree) # flaw: ldap-injection
    render json: addresses(found)
  end

  def phone
    base = "cn=#{Net::LDAP::DN.escape(params[:name].to_s)},#{PEOPLE}"
    found = directory.search(base: base, scope: Net::LDAP::SearchScope_BaseObject) # fine: ldap-injection
    render json: addresses(found)
  end

  private

  def directory
    @directory ||= Net::LDAP.new(
      host: "directory.corp.internal",
      port: 636,
      encryption: { method: :simple_tls, tls_options: OpenSSL::SSL::SSLContext::DEFAULT_PARAMS },
      auth: { method: :simple, username: ENV.fetch("LDAP_DN"), password: ENV.fetch("LDAP_SECRET") }
    )
  end

  def addresses(entries)
    Array(entries).flat_map { |entry| entry[:mail] }
  end
end

class GroupFinder
  GROUPS = "ou=groups,dc=corp,dc=internal"

  def initialize(directory)
    @directory = directory
    @conditions = ["(objectClass=groupOfNames)"]
  end

  def named(name)
    @conditions << "(cn=#{name})"
    names(@directory.search(base: GROUPS, filter: "(&#{@conditions.join})")) # flaw: ldap-injection
  end

  def owned_by(owner)
    @conditions << "(owner=#{Net::LDAP::Filter.escape(owner)})"
    names(@directory.search(base: GROUPS, filter: "(&#{@conditions.join})")) # fine: ldap-injection
  end

  private

  def names(entries)
    Array(entries).map(&:dn)
  end
end
