import hashlib
import hmac
import os
import zlib
from hashlib import md5

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

PBKDF2_ROUNDS = 600_000
SIGNATURE_DIGEST = "sha1"
DOWNLOAD_DIGEST = "sha256"


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    email = Column(String(200), unique=True)
    password_digest = Column(String(200))
    salt = Column(String(64))

    def set_password(self, password):
        self.password_digest = hashlib.md5(password.encode()).hexdigest()  # flaw: weak-hash

    def check_password(self, password):
        hasher = hashlib.new("sha1")  # flaw: weak-hash
        hasher.update(bytes.fromhex(self.salt))
        hasher.update(password.encode())
        return hmac.compare_digest(hasher.hexdigest(), self.password_digest)


class Member:
    def __init__(self, email):
        self.email = email
        self.salt = os.urandom(16)
        self.digest = b""

    def set_password(self, password):
        self.digest = hashlib.pbkdf2_hmac("sha256", password.encode(), self.salt, PBKDF2_ROUNDS)  # fine: weak-hash

    def check_password(self, password):
        attempt = hashlib.pbkdf2_hmac("sha256", password.encode(), self.salt, PBKDF2_ROUNDS)
        return hmac.compare_digest(attempt, self.digest)


def digest_with(name, data):
    return hashlib.new(name, data).hexdigest()


def verify_download(path, expected):
    hasher = md5()  # flaw: weak-hash
    with open(path, "rb") as handle:
        for block in iter(lambda: handle.read(65536), b""):
            hasher.update(block)
    return hmac.compare_digest(hasher.hexdigest(), expected)


def verify_package(path, expected):
    hasher = hashlib.sha256()  # fine: weak-hash
    with open(path, "rb") as handle:
        while chunk := handle.read(65536):
            hasher.update(chunk)
    return hmac.compare_digest(hasher.hexdigest(), expected)


def document_signature(private_key_sign, document):
    fingerprint = hashlib.new(SIGNATURE_DIGEST, document).digest()  # flaw: weak-hash
    return private_key_sign(fingerprint)


def release_signature(private_key_sign, document):
    fingerprint = hashlib.new(DOWNLOAD_DIGEST, document).digest()  # fine: weak-hash
    return private_key_sign(fingerprint)


def reset_token(account_id, email, issued_at):
    material = f"{account_id}:{email}:{issued_at}"
    return md5(material.encode()).hexdigest()  # flaw: weak-hash


def cache_key(template, context):
    material = template + repr(sorted(context.items()))
    return "fragment:" + hashlib.md5(material.encode(), usedforsecurity=False).hexdigest()  # fine: weak-hash


def shard_for(customer_id, shards):
    return zlib.crc32(str(customer_id).encode()) % shards  # fine: weak-hash


def asset_etag(content):
    return '"' + hashlib.sha1(content, usedforsecurity=False).hexdigest()[:16] + '"'  # fine: weak-hash
