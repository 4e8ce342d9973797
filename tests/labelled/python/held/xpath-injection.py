"""Timetable lookups for the transit display (Tornado)."""
import re
import xml.etree.ElementTree as ElementTree

import elementpath
import tornado.ioloop
import tornado.web
from lxml import etree, html

NETWORK = etree.parse("/srv/transit/network.xml").getroot()
DRIVERS = ElementTree.parse("/srv/transit/drivers.xml").getroot()
STOP_CODE = re.compile(r"[A-Z]{3}[0-9]{1,4}\Z")
NAMESPACES = {"n": "urn:transit:network"}


def select_first(root, expression, **variables):
    found = root.xpath(expression, namespaces=NAMESPACES, **variables)  # fine: xpath-injection
    return found[0] if found else None


class Timetable:
    def __init__(self, root):
        self.root = root
        self.steps = ["//n:trip"]

    def on(self, day):
        self.steps.append(f"[@day='{day}']")
        return self

    def ending_at(self, stop):
        self.steps.append("[n:stop[last()]/@code='" + stop + "']")
        return self

    def trips(self):
        expression = "".join(self.steps)
        return self.root.xpath(expression, namespaces=NAMESPACES)  # flaw: xpath-injection


class StopHandler(tornado.web.RequestHandler):
    def get(self):
        name = self.get_query_argument("name", "")
        query = "//n:stop[@name=\"%s\"]/@code" % name
        self.write({"codes": NETWORK.xpath(query, namespaces=NAMESPACES)})  # flaw: xpath-injection


class StopVariableHandler(tornado.web.RequestHandler):
    def get(self):
        stop = select_first(NETWORK, "//n:stop[@name=$name]", name=self.get_query_argument("name", ""))
        self.write({"code": None if stop is None else stop.get("code")})


class TripHandler(tornado.web.RequestHandler):
    def get(self):
        timetable = Timetable(NETWORK).on(self.get_query_argument("day", "mon"))
        stop = self.get_query_argument("stop", None)
        if stop:
            timetable.ending_at(stop)
        self.write({"trips": [trip.get("id") for trip in timetable.trips()]})


class DepartureHandler(tornado.web.RequestHandler):
    def get(self, code):
        if not STOP_CODE.match(code):
            raise tornado.web.HTTPError(404)
        found = NETWORK.xpath("//n:departure[@stop='" + code + "']", namespaces=NAMESPACES)  # fine: xpath-injection
        self.write({"departures": [node.get("time") for node in found]})


class LineHandler(tornado.web.RequestHandler):
    def get(self, number):
        expression = "//n:line[@number={}]".format(int(number))
        found = NETWORK.xpath(expression, namespaces=NAMESPACES)  # fine: xpath-injection
        self.write({"names": [node.get("name") for node in found]})


class DriverHandler(tornado.web.RequestHandler):
    def post(self):
        badge = self.get_body_argument("badge")
        secret = self.get_body_argument("secret")
        expression = f"./driver[@badge='{badge}'][@secret='{secret}']"
        driver = elementpath.select(DRIVERS, expression)  # flaw: xpath-injection
        if not driver:
            raise tornado.web.HTTPError(403)
        self.write({"name": driver[0].get("name")})


class DriverBadgeHandler(tornado.web.RequestHandler):
    def post(self):
        badge = self.get_body_argument("badge")
        driver = elementpath.select(DRIVERS, "./driver[@badge=$badge]", variables={"badge": badge})  # fine: xpath-injection
        self.write({"known": bool(driver)})


class RosterHandler(tornado.web.RequestHandler):
    def get(self):
        wanted = self.get_query_argument("depot", "")
        found = [d for d in DRIVERS.iterfind("./driver") if d.get("depot") == wanted]  # fine: xpath-injection
        self.write({"names": [d.get("name") for d in found]})


class NewsHandler(tornado.web.RequestHandler):
    def get(self):
        page = html.parse("/srv/transit/news.html").getroot()
        selector = self.get_query_argument("id", "today")
        pieces = ["//div[@id='", selector, "']//p/text()"]
        self.write({"paragraphs": [str(t) for t in page.xpath("".join(pieces))]})  # flaw: xpath-injection


def make_app():
    return tornado.web.Application([
        (r"/stops", StopHandler),
        (r"/stops/exact", StopVariableHandler),
        (r"/trips", TripHandler),
        (r"/departures/(\w+)", DepartureHandler),
        (r"/lines/(\d+)", LineHandler),
        (r"/drivers", DriverHandler),
        (r"/drivers/badge", DriverBadgeHandler),
        (r"/drivers/roster", RosterHandler),
        (r"/news", NewsHandler),
    ])


if __name__ == "__main__":
    make_app().listen(8888, "127.0.0.1")
    tornado.ioloop.IOLoop.current().start()
