import json
import re
import socketserver
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

LANGUAGES = {"en", "de", "nb"}
TRACE_ID = re.compile(r"[0-9a-f]{16,32}")
LOCATIONS = {"docs": "/documentation/start", "blog": "/news"}


def strip_breaks(value):
    return value.replace("\r", "").replace("\n", "")


class PortalHandler(BaseHTTPRequestHandler):
    """Small internal portal in front of the static site."""

    def parameters(self):
        return {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}

    def finish_headers(self, length, extra=None):
        for name, value in (extra or {}).items():
            self.send_header(name, value)  # flaw: header-injection
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def do_GET(self):
        route = urlsplit(self.path).path
        handler = {
            "/lang": self.set_language,
            "/lang/default": self.set_default_language,
            "/trace": self.echo_trace,
            "/trace/strict": self.echo_trace_strict,
            "/export": self.export,
            "/export/named": self.export_named,
            "/go": self.jump,
            "/page": self.page_number,
            "/label": self.label,
            "/note": self.note,
        }.get(route)
        if handler is None:
            self.send_error(404)
            return
        handler(self.parameters())

    def set_language(self, query):
        self.send_response(204)
        self.send_header("Content-Language", query.get("lang", "en"))  # flaw: header-injection
        self.end_headers()

    def set_default_language(self, query):
        lang = query.get("lang", "en")
        if lang not in LANGUAGES:
            lang = "en"
        self.send_response(204)
        self.send_header("Content-Language", lang)  # fine: header-injection
        self.end_headers()

    def echo_trace(self, query):
        parts = ["portal"]
        if "trace" in query:
            parts.append(query["trace"])
        value = ";".join(parts)
        self.send_response(200)
        self.send_header("X-Trace", value)  # flaw: header-injection
        self.finish_headers(0)

    def echo_trace_strict(self, query):
        trace = query.get("trace", "")
        self.send_response(200)
        if TRACE_ID.fullmatch(trace):
            self.send_header("X-Trace", trace)  # fine: header-injection
        self.finish_headers(0)

    def export(self, query):
        body = b"id;name\n"
        title = unquote(query.get("title", "export"))
        self.send_response(200)
        self.finish_headers(len(body), {"Content-Disposition": f"attachment; filename={title}.csv"})
        self.wfile.write(body)

    def export_named(self, query):
        body = b"id;name\n"
        title = quote(query.get("title", "export"), safe="")
        self.send_response(200)
        self.send_header("Content-Disposition", "attachment; filename*=UTF-8''" + title)  # fine: header-injection
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def jump(self, query):
        self.send_response(302)
        self.send_header("Location", LOCATIONS.get(query.get("to"), "/"))  # fine: header-injection
        self.end_headers()

    def page_number(self, query):
        number = int(query.get("n", "1"))
        self.send_response(200)
        self.send_header("X-Page", "%d" % number)  # fine: header-injection
        self.end_headers()

    def label(self, query):
        self.send_response(200)
        self.send_header("X-Label", strip_breaks(query.get("text", "")))  # fine: header-injection
        self.end_headers()

    def note(self, query):
        note = query.get("note", "").strip()
        message = "OK" if not note else "OK " + note
        self.send_response(200, message)  # flaw: header-injection
        self.end_headers()


class LegacyHandler(socketserver.StreamRequestHandler):
    """Answers the kiosk terminals, which speak a subset of HTTP."""

    def handle(self):
        request_line = self.rfile.readline(4096).decode("latin-1")
        target = request_line.split(" ")[1]
        station = parse_qs(urlsplit(target).query).get("station", ["none"])[0]
        body = json.dumps({"state": "ready"})
        head = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nX-Station: " + station + "\r\n\r\n"
        self.wfile.write(head.encode("latin-1") + body.encode())  # flaw: header-injection


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 8085), PortalHandler)
    server.serve_forever()


if __name__ == "__main__":
    main()
