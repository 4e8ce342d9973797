import base64
import hmac
import os
from pathlib import Path

import jwt
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask

TOKEN_KEY = "q8Zt2mVx71LrPbKe0sWnHy5uCdJa3fGo"  # flaw: hard-coded-key
TOKEN_KEY_VARIABLE = "TOKEN_SIGNING_KEY"  # fine: hard-coded-key
KEY_FILE = Path("/run/secrets/storage_key")
SESSION_KEY_NAME = "session_key_v2"  # fine: hard-coded-key
# fine: hard-coded-key
PUBLIC_KEY_PEM = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5vX0v1l3qkF7mJr0sT4cV9b6nYhW
pQ2d8uR1zKxGf3oLj7tE5iCwAyBnMsPDHkq0vUg6lXJ4Za9RbTfOeQ1SxA==
-----END PUBLIC KEY-----"""

app = Flask(__name__)
app.config["SECRET_KEY"] = "b1f0c7d95e2a48f3a6d40c8e7712fa93"  # flaw: hard-coded-key
app.config["SESSION_COOKIE_SECURE"] = True


def issue_token(subject):
    return jwt.encode({"sub": subject}, TOKEN_KEY, algorithm="HS256")


def read_token(token):
    key = os.environ[TOKEN_KEY_VARIABLE]
    return jwt.decode(token, key, algorithms=["HS256"])


def read_partner_token(token):
    return jwt.decode(token, PUBLIC_KEY_PEM, algorithms=["ES256"])


class Vault:
    _material = bytes.fromhex("8f1d6a2be07c4493b5a1f2e6d3c80917")  # flaw: hard-coded-key

    def __init__(self):
        self.cipher = AESGCM(self._material)

    def seal(self, data):
        nonce = os.urandom(12)
        return nonce + self.cipher.encrypt(nonce, data, None)


class FileVault:
    def __init__(self, key_file=KEY_FILE):
        self.cipher = AESGCM(base64.b64decode(key_file.read_text()))  # fine: hard-coded-key

    def seal(self, data):
        nonce = os.urandom(12)
        return nonce + self.cipher.encrypt(nonce, data, b"file-vault")


def encrypt_backup(key, data):
    padder = padding.PKCS7(128).padder()
    padded = padder.update(data) + padder.finalize()
    vector = b"\x10\x32\x54\x76\x98\xba\xdc\xfe\x01\x23\x45\x67\x89\xab\xcd\xef"  # flaw: hard-coded-key
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return encryptor.update(padded) + encryptor.finalize()


def encrypt_export(key, data):
    padder = padding.PKCS7(128).padder()
    padded = padder.update(data) + padder.finalize()
    vector = os.urandom(16)  # fine: hard-coded-key
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    body = vector + encryptor.update(padded) + encryptor.finalize()
    return body + hmac.digest(key, body, "sha256")


def note_cipher():
    return Fernet("3t6w9z-CxFvJYeRhVmYqTpWnZr4u7xAuDfGjKbPdSg4=")  # flaw: hard-coded-key


def fresh_cipher():
    return Fernet(Fernet.generate_key())  # fine: hard-coded-key


def webhook_signature(body):
    options = {"digest": "sha256", "key": b"whsec-7Hq2Lm9Xv4Rt"}  # flaw: hard-coded-key
    return hmac.new(options["key"], body, options["digest"]).hexdigest()


def derive_subkey(master):
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"mail-export-v1-key")  # fine: hard-coded-key
    return kdf.derive(master)
