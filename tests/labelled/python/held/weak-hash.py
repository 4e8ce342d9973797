"""Login, licence and storage helpers of the desktop sync server."""
import base64
import binascii
import hmac
import os
from functools import partial
from hashlib import blake2b, file_digest, md5, sha1, sha3_256

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from Crypto.Hash import MD4, SHA512
from passlib.hash import ldap_md5, pbkdf2_sha256

HASHERS = {"legacy": sha1, "current": sha3_256}
fast_sum = partial(md5, usedforsecurity=False)  # fine: weak-hash
argon = PasswordHasher()


class UserStore:
    def __init__(self):
        self.users = {}

    def add(self, name, password):
        salt = os.urandom(8)
        digest = HASHERS["legacy"](salt + password.encode()).digest()  # flaw: weak-hash
        self.users[name] = salt + digest

    def add_windows(self, name, password):
        digest = MD4.new(password.encode("utf-16-le"))  # flaw: weak-hash
        self.users[name] = digest.digest()

    def add_directory(self, name, password):
        self.users[name] = ldap_md5.hash(password)  # flaw: weak-hash


class MemberStore:
    def __init__(self):
        self.users = {}

    def add(self, name, password):
        self.users[name] = argon.hash(password)  # fine: weak-hash

    def verify(self, name, password):
        try:
            return argon.verify(self.users[name], password)
        except (KeyError, VerifyMismatchError):
            return False

    def add_short(self, name, password):
        self.users[name] = bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(12))  # fine: weak-hash

    def add_portable(self, name, password):
        self.users[name] = pbkdf2_sha256.hash(password)  # fine: weak-hash


def licence_signature(private_key, text):
    algorithm = hashes.MD5()  # flaw: weak-hash
    return private_key.sign(text.encode(), padding.PKCS1v15(), algorithm)


def release_signature(private_key, text):
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.MAX_LENGTH)
    return private_key.sign(text.encode(), scheme, hashes.SHA256())  # fine: weak-hash


def self_signed(builder: x509.CertificateBuilder, private_key, old_clients=False):
    chosen = hashes.SHA384()
    if old_clients:
        chosen = hashes.SHA1()  # flaw: weak-hash
    return builder.sign(private_key, chosen)


def request_tag(key, body):
    return base64.b64encode(hmac.new(key, body, sha3_256).digest())  # fine: weak-hash


def update_matches(path, expected_hex):
    with open(path, "rb") as stream:
        found = file_digest(stream, "sha1").hexdigest()  # flaw: weak-hash
    return hmac.compare_digest(found, expected_hex)


def thumbnail_name(address, width):
    return f"{fast_sum(address.encode()).hexdigest()}-{width}.webp"


def bucket_of(key, buckets=64):
    return binascii.crc32(key.encode()) % buckets  # fine: weak-hash


def chunk_identifier(chunk):
    return blake2b(chunk, digest_size=32).hexdigest()  # fine: weak-hash


def gravatar_address(mail):
    digest = md5(mail.strip().lower().encode()).hexdigest()  # fine: weak-hash
    return "https://www.gravatar.com/avatar/" + digest


def content_checksum(data):
    return SHA512.new(data).hexdigest()
