import ipaddress
import os
import re
import shlex
import subprocess

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

REPORT_DIR = "/srv/reports"
HOST_PATTERN = re.compile(r"\A[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9-]{1,63}){0,8}\Z")
LOG_UNITS = {"web": "nginx.service", "jobs": "celery.service", "db": "postgresql.service"}


class Transcoder:
    """Builds one ffmpeg command line and runs it."""

    def __init__(self, source):
        self.source = source
        self.options = []

    def with_option(self, flag, value):
        self.options.append(f"{flag} {value}")
        return self

    def run(self, target):
        line = "ffmpeg -y -i " + self.source + " " + " ".join(self.options) + " " + target
        return subprocess.call(line, shell=True)  # flaw: command-injection


class ThumbnailJob:
    def __init__(self, width, height):
        self.width = int(width)
        self.height = int(height)

    def run(self):
        geometry = f"{self.width}x{self.height}"
        return os.system(f"mogrify -resize {geometry} {REPORT_DIR}/cover.png")  # fine: command-injection


def capture(command_line):
    proc = subprocess.run(command_line, shell=True, capture_output=True, text=True, timeout=20)  # flaw: command-injection
    return proc.stdout


def capture_args(args):
    proc = subprocess.run(args, capture_output=True, text=True, timeout=20)  # fine: command-injection
    return proc.stdout


@app.route("/tools/ping")
def ping():
    host = request.args.get("host", "localhost")
    code = os.system("ping -c 1 " + host)  # flaw: command-injection
    return jsonify(reachable=code == 0)


@app.route("/tools/ping6")
def ping6():
    try:
        address = ipaddress.IPv6Address(request.args["address"])
    except (KeyError, ValueError):
        abort(400)
    if address.scope_id is not None:
        abort(400)
    code = os.system("ping6 -c 1 %s" % address)  # fine: command-injection
    return jsonify(reachable=code == 0)


@app.route("/tools/dns")
def dns():
    name = request.args.get("name", "")
    kind = request.args.get("type", "A")
    parts = ["dig", "+short"]
    if kind != "A":
        parts.append("-t")
        parts.append(kind)
    parts.append("example.org" if not name else name)
    with os.popen(" ".join(parts)) as stream:  # flaw: command-injection
        answers = [row.strip() for row in stream]
    return jsonify(answers=answers)


@app.route("/tools/whois")
def whois():
    name = request.args.get("name", "").lower()
    if not HOST_PATTERN.match(name):
        abort(400)
    output = subprocess.check_output("whois " + name, shell=True, text=True)  # fine: command-injection
    return jsonify(text=output)


@app.route("/logs")
def logs():
    unit = LOG_UNITS.get(request.args.get("unit"))
    if unit is None:
        abort(404)
    output = subprocess.getoutput(f"journalctl -n 50 -u {unit}")  # fine: command-injection
    return jsonify(lines=output.splitlines())


@app.route("/search")
def search():
    term = request.args.get("q", "")
    listing = capture("grep -rl '%s' %s" % (term, REPORT_DIR))
    return jsonify(files=listing.splitlines())


@app.route("/search/fixed")
def search_fixed():
    term = request.args.get("q", "")
    listing = capture_args(["grep", "-rlF", "-e", term, "--", REPORT_DIR])
    return jsonify(files=listing.splitlines())


@app.route("/search/count")
def search_count():
    term = shlex.quote(request.args.get("q", ""))
    output = subprocess.check_output(f"grep -rcF -e {term} {REPORT_DIR} | wc -l", shell=True)  # fine: command-injection
    return jsonify(count=int(output))


@app.route("/media/convert", methods=["POST"])
def convert():
    body = request.get_json()
    job = Transcoder("/srv/media/intro.mov").with_option("-vf", "scale=640:-1")
    job.with_option("-b:v", body.get("bitrate", "900k"))
    return jsonify(status=job.run("/srv/media/intro.mp4"))


@app.route("/media/thumbnail", methods=["POST"])
def thumbnail():
    body = request.get_json()
    return jsonify(status=ThumbnailJob(body["width"], body["height"]).run())


@app.route("/archive/<label>", methods=["POST"])
def archive(label):
    target = "/var/backups/{}.tgz".format(label)
    proc = subprocess.Popen(["/bin/sh", "-c", f"tar czf {target} {REPORT_DIR}"])  # flaw: command-injection
    return jsonify(code=proc.wait())
