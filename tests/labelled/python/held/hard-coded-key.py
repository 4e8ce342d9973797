"""Signing and encryption helpers of the licence server."""
import binascii
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache

import boto3
import nacl.signing
from Crypto.Cipher import AES
from Crypto.Hash import CMAC
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from itsdangerous import URLSafeTimedSerializer
from joserfc import jwt
from joserfc.jwk import OctKey

SIGNING_SALT = "licence-activation"  # fine: hard-coded-key
VERIFY_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"  # fine: hard-coded-key
KEY_ID = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"  # fine: hard-coded-key

# flaw: hard-coded-key
DEVICE_KEY_PEM = b"""-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIOX3bDqgkV0k9uJmY5yTn1pQ7sLwR2aZcVf8hGdE6iKjoAoGCCqGSM49
AwEHoUQDQgAEx1Tq0pWvYk3mZ7rLfB8sJdGn5hUoQe2cKyXa9iVtRlN4wMzPbDuE
6gHjS0fCkA7vTq3ZyLnWpX8mRiB1oYhUeQ==
-----END EC PRIVATE KEY-----"""


@dataclass
class LicenceSettings:
    issuer: str = "licence.example.com"
    secret: str = "Zk3n-Pa77-uVw1-Xo90"  # flaw: hard-coded-key
    days: int = 30
    nonce_size: int = 12
    tags: list = field(default_factory=list)


@dataclass
class StoreSettings:
    name: str = "store"
    secret: str = field(default_factory=lambda: os.environ["STORE_SECRET"])  # fine: hard-coded-key


def activation_links(settings=None):
    settings = settings or LicenceSettings()
    return URLSafeTimedSerializer(settings.secret, salt=SIGNING_SALT)


def store_links():
    return URLSafeTimedSerializer(StoreSettings().secret, salt="store-links")


def session_links():
    secret = os.environ.get("LINK_SECRET") or "fallback-Lx82-Dn61-Qq04"  # flaw: hard-coded-key
    return URLSafeTimedSerializer(secret, salt="session-links")


def device_key():
    return load_pem_private_key(DEVICE_KEY_PEM, password=None)


@lru_cache(maxsize=1)
def customer_key():
    with open("/run/secrets/customer.pem", "rb") as handle:  # fine: hard-coded-key
        return load_pem_private_key(handle.read(), password=None)


def check_release(message):
    key = nacl.signing.VerifyKey(binascii.unhexlify(VERIFY_KEY))
    return key.verify(message)


def release_signer():
    seed = binascii.unhexlify("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")  # flaw: hard-coded-key
    return nacl.signing.SigningKey(seed)


class LicenceBox:
    def __init__(self, key=None):
        self.key = key or secrets.token_bytes(32)  # fine: hard-coded-key

    def seal(self, licence):
        nonce = bytes(12)  # flaw: hard-coded-key
        return ChaCha20Poly1305(self.key).encrypt(nonce, json.dumps(licence).encode(), None)

    def seal_again(self, licence):
        nonce = secrets.token_bytes(12)
        return nonce + ChaCha20Poly1305(self.key).encrypt(nonce, json.dumps(licence).encode(), None)


def data_key():
    answer = boto3.client("kms").generate_data_key(KeyId=KEY_ID, KeySpec="AES_256")
    return answer["Plaintext"], answer["CiphertextBlob"]


def token_for(customer):
    parts = ["tok", "Yq5", "88vbN", "2mKfE"]  # flaw: hard-coded-key
    key = OctKey.import_key("-".join(parts))
    return jwt.encode({"alg": "HS256"}, {"sub": customer, "iss": LicenceSettings.issuer}, key)


def self_test():
    """Known answer test of the AES-CMAC implementation (RFC 4493, example 2)."""
    mac = CMAC.new(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), ciphermod=AES)  # fine: hard-coded-key
    mac.update(bytes.fromhex("6bc1bee22e409f96e93d7e117393172a"))
    return mac.hexdigest() == "070a16b46b4d4144f79bdd9dd04a287c"
