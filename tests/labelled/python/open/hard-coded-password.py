import argparse
import getpass
import hmac
import os
import smtplib
from email.message import EmailMessage

import psycopg2
import redis
import requests
from requests.auth import HTTPBasicAuth

DB_PASSWORD = "Wint3r-Harbour-88"  # flaw: hard-coded-password
PASSWORD_FIELD = "new_password"  # fine: hard-coded-password
PASSWORD_HINT = "Use at least twelve characters for your password"
SMTP_SETTINGS = {
    "host": "smtp.mail.example.com",
    "user": "notifier",
    "password": "kT9!vfLe3#pQ",  # flaw: hard-coded-password
}
RESET_PATH = "/account/password/reset"


def open_database():
    return psycopg2.connect(
        host="db.internal",
        dbname="billing",
        user="billing",
        password=DB_PASSWORD,
        sslmode="verify-full",
    )


def open_reporting_database():
    password = os.environ["REPORTING_DB_PASSWORD"]  # fine: hard-coded-password
    return psycopg2.connect(host="db.internal", dbname="reports", user="reports", password=password, sslmode="verify-full")


def open_cache():
    return redis.Redis(host="cache.internal", ssl=True, password="c4che-Gate-2291")  # flaw: hard-coded-password


class Mailer:
    def __init__(self, settings=None):
        self.settings = settings or SMTP_SETTINGS

    def send(self, recipient, subject, text):
        message = EmailMessage()
        message["To"] = recipient
        message["Subject"] = subject
        message.set_content(text)
        with smtplib.SMTP_SSL(self.settings["host"]) as link:
            link.login(self.settings["user"], self.settings["password"])
            link.send_message(message)


class InventoryClient:
    base = "https://inventory.example.com/api"

    def __init__(self, user, password=None):
        self.user = user
        self.password = password or getpass.getpass()  # fine: hard-coded-password

    def items(self):
        auth = HTTPBasicAuth(self.user, self.password)
        return requests.get(self.base + "/items", auth=auth, timeout=10).json()

    def sync(self):
        auth = HTTPBasicAuth("sync-robot", "Jupiter%Moons79")  # flaw: hard-coded-password
        return requests.post(self.base + "/sync", auth=auth, timeout=30).status_code


def is_maintenance_login(user, password):
    if user != "maint":
        return False
    return hmac.compare_digest(password, "letmein-maint-2017")  # flaw: hard-coded-password


def reset_form(errors):
    return {
        "action": RESET_PATH,
        "password": {"type": "password", "name": PASSWORD_FIELD},  # fine: hard-coded-password
        "hint": PASSWORD_HINT,
        "errors": errors,
    }


def masked(settings):
    shown = dict(settings)
    shown["password"] = "********"  # fine: hard-coded-password
    return shown


def parse_arguments(argv=None):
    parser = argparse.ArgumentParser(description="Send a test mail")
    parser.add_argument("recipient")
    parser.add_argument("--password", default="", help="asked for when empty")  # fine: hard-coded-password
    return parser.parse_args(argv)


def main():
    arguments = parse_arguments()
    settings = dict(SMTP_SETTINGS)
    if arguments.password:
        settings["password"] = arguments.password
    Mailer(settings).send(arguments.recipient, "Test", "This is a test.")


if __name__ == "__main__":
    main()
