import os
import re

import ldap
from flask import Flask, abort, jsonify, request
from ldap.dn import escape_dn_chars
from ldap.filter import escape_filter_chars, filter_format

app = Flask(__name__)

DIRECTORY_URL = "ldaps://directory.corp.internal"
PEOPLE = "ou=people,dc=corp,dc=internal"
GROUPS = "ou=groups,dc=corp,dc=internal"
LOGIN_NAME = re.compile(r"[a-z][a-z0-9]{1,31}")
DEPARTMENTS = {"sales": "(departmentNumber=100)", "it": "(departmentNumber=200)"}


def bind():
    link = ldap.initialize(DIRECTORY_URL)
    link.simple_bind_s(os.environ["LDAP_BIND_DN"], os.environ["LDAP_BIND_SECRET"])
    return link


def to_people(entries):
    people = []
    for dn, attributes in entries:
        people.append({"dn": dn, "mail": [m.decode() for m in attributes.get("mail", [])]})
    return people


class GroupFinder:
    def __init__(self, link):
        self.link = link
        self.conditions = ["(objectClass=groupOfNames)"]

    def add(self, attribute, value):
        self.conditions.append(f"({attribute}={value})")

    def add_text(self, attribute, value):
        self.conditions.append("(%s=%s)" % (attribute, escape_filter_chars(value)))

    def expression(self):
        return "(&" + "".join(self.conditions) + ")"


def search_people(link, expression):
    return link.search_s(PEOPLE, ldap.SCOPE_SUBTREE, expression, ["mail"])


@app.get("/people/lookup")
def lookup():
    link = bind()
    uid = request.args.get("uid", "")
    entries = link.search_s(PEOPLE, ldap.SCOPE_SUBTREE, f"(uid={uid})", ["mail"])  # flaw: ldap-injection
    return jsonify(to_people(entries))


@app.get("/people/mail")
def by_mail():
    link = bind()
    mail = request.args.get("mail", "")
    expression = filter_format("(&(objectClass=person)(mail=%s))", [mail])
    entries = link.search_s(PEOPLE, ldap.SCOPE_SUBTREE, expression, ["mail"])  # fine: ldap-injection
    return jsonify(to_people(entries))


@app.get("/people/find")
def find():
    link = bind()
    given = request.args.get("given")
    family = request.args.get("family")
    pieces = []
    if given:
        pieces.append("(givenName=" + given + "*)")
    if family:
        pieces.append("(sn=" + family + "*)")
    if not pieces:
        abort(400)
    expression = "(&(objectClass=person)" + "".join(pieces) + ")"
    entries = link.search_ext_s(PEOPLE, ldap.SCOPE_ONELEVEL, expression, ["mail"], sizelimit=25)  # flaw: ldap-injection
    return jsonify(to_people(entries))


@app.get("/people/account")
def account():
    link = bind()
    login = request.args.get("login", "")
    if LOGIN_NAME.fullmatch(login) is None:
        abort(400)
    entries = link.search_s(PEOPLE, ldap.SCOPE_SUBTREE, "(uid=" + login + ")", ["mail"])  # fine: ldap-injection
    return jsonify(to_people(entries))


@app.get("/people/department")
def department():
    expression = DEPARTMENTS.get(request.args.get("name"), "(departmentNumber=0)")
    entries = bind().search_s(PEOPLE, ldap.SCOPE_SUBTREE, expression, ["mail"])  # fine: ldap-injection
    return jsonify(to_people(entries))


@app.get("/groups")
def groups():
    link = bind()
    finder = GroupFinder(link)
    finder.add("cn", request.args.get("name", "*"))
    found = link.search_s(GROUPS, ldap.SCOPE_SUBTREE, finder.expression(), ["cn"])  # flaw: ldap-injection
    return jsonify([dn for dn, _ in found])


@app.get("/groups/owner")
def groups_by_owner():
    link = bind()
    finder = GroupFinder(link)
    finder.add_text("owner", request.args.get("owner", ""))
    found = link.search_s(GROUPS, ldap.SCOPE_SUBTREE, finder.expression(), ["cn"])  # fine: ldap-injection
    return jsonify([dn for dn, _ in found])


@app.get("/people/<name>/card")
def card(name):
    link = bind()
    base = "cn=" + name + "," + PEOPLE
    entries = link.search_s(base, ldap.SCOPE_SUBTREE, "(objectClass=person)", ["mail"])  # flaw: ldap-injection
    return jsonify(to_people(entries))


@app.get("/people/<name>/phone")
def phone(name):
    base = "cn={},{}".format(escape_dn_chars(name), PEOPLE)
    entries = bind().search_s(base, ldap.SCOPE_BASE, "(objectClass=person)", ["telephoneNumber"])  # fine: ldap-injection
    return jsonify(count=len(entries))
