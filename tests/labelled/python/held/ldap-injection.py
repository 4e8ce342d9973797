"""Directory backend for the Django intranet, based on ldap3."""
import os
import string

from django.http import HttpResponseBadRequest, JsonResponse
from django.views import View
from ldap3 import ALL_ATTRIBUTES, LEVEL, SUBTREE, Connection, ObjectDef, Reader, Server
from ldap3.utils.conv import escape_filter_chars
from ldap3.utils.dn import escape_rdn

BASE = "dc=uni,dc=example"
STUDENTS = "ou=students," + BASE
STAFF = "ou=staff," + BASE
FACULTIES = {"law": "(faculty=LAW)", "arts": "(faculty=ART)", "medicine": "(faculty=MED)"}
DIGITS = set(string.digits)


def connect():
    server = Server("ldaps://ldap.uni.example", use_ssl=True)
    return Connection(server, os.environ["LDAP_DN"], os.environ["LDAP_SECRET"], auto_bind=True, read_only=True)


class Directory:
    def __init__(self, connection=None):
        self.connection = connection or connect()
        self.template = "(&(objectClass=inetOrgPerson)({attribute}={value}))"

    def query(self, expression, base=BASE):
        self.connection.search(base, expression, SUBTREE, attributes=["cn", "mail"])  # flaw: ldap-injection
        return [entry.entry_dn for entry in self.connection.entries]

    def by_attribute(self, attribute, value):
        return self.query(self.template.format(attribute=attribute, value=value))

    def by_mail(self, mail):
        expression = self.template.format(attribute="mail", value=escape_filter_chars(mail))
        self.connection.search(BASE, expression, SUBTREE, attributes=["cn"])  # fine: ldap-injection
        return [entry.entry_dn for entry in self.connection.entries]


class PersonView(View):
    def get(self, request):
        surname = request.GET.get("surname", "")
        return JsonResponse({"people": Directory().by_attribute("sn", surname)})

    def post(self, request):
        return JsonResponse({"people": Directory().by_mail(request.POST.get("mail", ""))})


def student(request):
    connection = connect()
    number = request.GET.get("number", "")
    connection.search(STUDENTS, "(studentNumber=%s)" % number, attributes=ALL_ATTRIBUTES)  # flaw: ldap-injection
    return JsonResponse({"found": len(connection.entries)})


def student_by_card(request):
    card = request.GET.get("card", "")
    if not card or not set(card) <= DIGITS:
        return HttpResponseBadRequest("card")
    connection = connect()
    connection.search(STUDENTS, "(cardNumber=%s)" % card, attributes=["cn"])  # fine: ldap-injection
    return JsonResponse({"found": len(connection.entries)})


def student_by_year(request):
    year = int(request.GET.get("year", "1"))
    connection = connect()
    connection.search(STUDENTS, f"(&(objectClass=student)(year={year}))", attributes=["cn"])  # fine: ldap-injection
    return JsonResponse({"found": len(connection.entries)})


def faculty(request, name):
    connection = connect()
    expression = "(objectClass=student)"
    for key, clause in FACULTIES.items():
        if key == name:
            expression = "(&" + expression + clause + ")"
    connection.search(STUDENTS, expression, attributes=["cn"])  # fine: ldap-injection
    return JsonResponse({"found": len(connection.entries)})


def staff_search(request):
    alternatives = []
    for word in request.GET.get("words", "").split(","):
        alternatives.append("(cn=*" + word.strip() + "*)")
    expression = "(|" + "".join(alternatives) + ")"
    connection = connect()
    found = connection.extend.standard.paged_search(  # flaw: ldap-injection
        search_base=STAFF,
        search_filter=expression,
        search_scope=LEVEL,
        attributes=["cn"],
        paged_size=50,
    )
    return JsonResponse({"names": [entry["dn"] for entry in found]})


def office(request, room):
    connection = connect()
    base = f"ou={room},{STAFF}"
    connection.search(base, "(objectClass=person)", attributes=["telephoneNumber"])  # flaw: ldap-injection
    return JsonResponse({"found": len(connection.entries)})


def unit(request, room):
    connection = connect()
    base = "ou=" + escape_rdn(room) + "," + STAFF
    connection.search(base, "(objectClass=person)", attributes=["telephoneNumber"])  # fine: ldap-injection
    return JsonResponse({"found": len(connection.entries)})


def all_units(request):
    connection = connect()
    reader = Reader(connection, ObjectDef("organizationalUnit", connection), STAFF)
    return JsonResponse({"units": [entry.entry_dn for entry in reader.search()]})  # fine: ldap-injection


def group_members(request):
    group = request.POST.get("group")
    if not group:
        return HttpResponseBadRequest("group")
    clause = "(memberOf=cn=" + group.lower() + ",ou=groups," + BASE + ")"
    connection = connect()
    connection.search(search_base=BASE, search_filter=clause, attributes=["cn"])  # flaw: ldap-injection
    return JsonResponse({"found": len(connection.entries)})
