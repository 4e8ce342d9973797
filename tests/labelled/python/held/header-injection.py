"""Raw response writers: an asyncio HTTP endpoint and a CGI style script module."""
import asyncio
import email.utils
import os
import sys
import time
from urllib.parse import parse_qsl, unquote_plus, urlencode

SERVER_NAME = "edge/1.4"
CHARSETS = {"utf8": "utf-8", "latin1": "iso-8859-1"}
TEXT_TYPES = ("plain", "html", "csv")


class ResponseHead:
    """Collects header lines and serializes them for the socket."""

    def __init__(self, status="200 OK"):
        self.lines = [f"HTTP/1.1 {status}", f"Server: {SERVER_NAME}"]

    def put(self, name, value):
        self.lines.append(f"{name}: {value}")
        return self

    def put_token(self, name, value):
        if any(ord(char) < 32 or ord(char) == 127 for char in value):
            raise ValueError(name)
        self.lines.append(f"{name}: {value}")
        return self

    def encode(self):
        return ("\r\n".join(self.lines) + "\r\n\r\n").encode("latin-1", "replace")


async def redirect(writer, query):
    target = "/search?" + urlencode({"q": query.get("q", "")})
    writer.write(("HTTP/1.1 302 Found\r\nLocation: " + target + "\r\n\r\n").encode())  # fine: header-injection


async def profile(writer, query):
    head = ResponseHead().put("X-Profile", query.get("profile", "none"))
    writer.write(head.encode())  # flaw: header-injection


async def region(writer, query):
    try:
        head = ResponseHead().put_token("X-Region", query.get("region", "eu"))
    except ValueError:
        head = ResponseHead("400 Bad Request")
    writer.write(head.encode())  # fine: header-injection


async def expires(writer, query):
    seconds = float(query.get("seconds", "60"))
    when = email.utils.formatdate(time.time() + min(seconds, 86400.0), usegmt=True)
    writer.write(f"HTTP/1.1 204 No Content\r\nExpires: {when}\r\n\r\n".encode())  # fine: header-injection


async def cookie(writer, query):
    name = query.get("name", "guest")
    writer.write(b"HTTP/1.1 204 No Content\r\n")
    writer.write(f"Set-Cookie: nick={name}; Path=/; Secure; HttpOnly\r\n\r\n".encode("latin-1", "replace"))  # flaw: header-injection


async def listing(writer, query):
    pieces = ["HTTP/1.1 200 OK"]
    for key in sorted(query):
        if key.startswith("meta-"):
            pieces.append("X-%s: %s" % (key.title(), query[key]))
    pieces.append("Content-Length: 0")
    writer.write("\r\n".join(pieces).encode("latin-1", "replace") + b"\r\n\r\n")  # flaw: header-injection


ROUTES = {
    "/r": redirect,
    "/profile": profile,
    "/region": region,
    "/expires": expires,
    "/cookie": cookie,
    "/listing": listing,
}


async def serve_client(reader, writer):
    line = (await reader.readline()).decode("latin-1")
    _, _, rest = line.partition(" ")
    path, _, raw = rest.split(" ")[0].partition("?")
    handler = ROUTES.get(path)
    try:
        if handler is None:
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        else:
            await handler(writer, dict(parse_qsl(raw)))
        await writer.drain()
    finally:
        writer.close()


def cgi_download():
    """Entry point when run by the web server as a CGI program."""
    fields = dict(parse_qsl(os.environ.get("QUERY_STRING", "")))
    kind = fields.get("type", "plain")
    if kind not in TEXT_TYPES:
        kind = "plain"
    charset = CHARSETS.get(fields.get("charset"), "utf-8")
    print(f"Content-Type: text/{kind}; charset={charset}")  # fine: header-injection
    print("X-Content-Type-Options: nosniff\n")


def cgi_forward():
    target = unquote_plus(os.environ.get("PATH_INFO", "/"))
    sys.stdout.write("Status: 302 Found\r\nLocation: /app" + target + "\r\n\r\n")  # flaw: header-injection


def cgi_rename():
    name = unquote_plus(os.environ.get("QUERY_STRING", ""))
    words = name.split()
    shown = "_".join(words) if words else "file"
    sys.stdout.write("Content-Disposition: attachment; filename=\"%s\"\r\n\r\n" % shown.replace('"', ""))  # fine: header-injection


async def main():
    server = await asyncio.start_server(serve_client, "127.0.0.1", 8066)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
