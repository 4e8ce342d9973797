"""Django project settings plus the nightly export job."""
import configparser
import ftplib
import os
import ssl
from pathlib import Path
from urllib.parse import quote_plus

import keyring
import ldap3
import paramiko
import pika
import pymysql
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from sqlalchemy import create_engine

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
PASSWORD_RESET_TIMEOUT = 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},  # fine: hard-coded-password
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "export",
        "USER": "export",
        "PASSWORD": "Gran1te_Falcon_415",  # flaw: hard-coded-password
        "HOST": "db.internal",
    },
    "archive": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "archive",
        "USER": "archive",
        "PASSWORD": os.environ.get("ARCHIVE_PASSWORD", ""),  # fine: hard-coded-password
        "HOST": "db.internal",
    },
}

MESSAGES = {
    "password_changed": "Your password was changed.",  # fine: hard-coded-password
    "password_short": "The password is too short.",
}


def warehouse():
    return create_engine("postgresql://loader:Qv6-Tundra-Lynx@warehouse.internal/dwh?sslmode=verify-full")  # flaw: hard-coded-password


def staging_warehouse():
    secret = quote_plus(keyring.get_password("warehouse", "stage"))
    return create_engine(f"postgresql://stage:{secret}@warehouse.internal/stage?sslmode=verify-full")  # fine: hard-coded-password


def broker():
    credentials = pika.PlainCredentials("exporter", "rabbit-Hutch-5150")  # flaw: hard-coded-password
    options = pika.SSLOptions(ssl.create_default_context(), "mq.internal")
    return pika.BlockingConnection(pika.ConnectionParameters("mq.internal", 5671, credentials=credentials, ssl_options=options))


class Uploader:
    user = "nightly"
    _pass = "pelican!Brief_62"  # flaw: hard-coded-password

    def __init__(self, host):
        self.host = host

    def upload(self, path):
        with ftplib.FTP_TLS(self.host, self.user, self._pass, context=ssl.create_default_context()) as link:
            link.prot_p()
            with open(path, "rb") as handle:
                link.storbinary(f"STOR {Path(path).name}", handle)


class ShellUploader:
    def __init__(self, host, config_file="/etc/export/upload.ini"):
        self.host = host
        parser = configparser.ConfigParser()
        parser.read(config_file)
        self.password = parser.get("upload", "password")  # fine: hard-coded-password

    def open(self):
        client = paramiko.SSHClient()
        client.load_system_host_keys()
        client.connect(self.host, username="nightly", password=self.password)
        return client


def directory():
    server = ldap3.Server("ldaps://ldap.internal", use_ssl=True)
    arguments = ["cn=reader,dc=internal", "Copper-Kettle-303"]  # flaw: hard-coded-password
    return ldap3.Connection(server, *arguments, auto_bind=True)


class Command(BaseCommand):
    help = "Creates the service account and runs the export"

    def add_arguments(self, parser):
        parser.add_argument("--password-file", default="/run/secrets/export_password")  # fine: hard-coded-password

    def handle(self, *args, **options):
        password = Path(options["password_file"]).read_text().strip()
        if not User.objects.filter(username="export").exists():
            User.objects.create_user("export", password=password)
        if not User.objects.filter(username="support").exists():
            User.objects.create_superuser("support", "support@example.com", "Support#2020!")  # flaw: hard-coded-password
        Uploader("ftp.partner.example").upload(BASE_DIR / "out" / "export.csv")
        self.stdout.write(MESSAGES["password_changed"])


def placeholder_connection(config):
    return pymysql.connect(host="db.internal", user="ro", password=config["password"], ssl={"ca": "/etc/ssl/ca.pem"})  # fine: hard-coded-password
