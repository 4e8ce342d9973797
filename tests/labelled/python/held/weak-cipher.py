"""Archive encryption module using PyCryptodome, pyOpenSSL and PyNaCl."""
import os
import subprocess

import nacl.secret
import nacl.utils
from Crypto.Cipher import AES, Blowfish, ChaCha20_Poly1305, DES, PKCS1_OAEP
from Crypto.PublicKey import ECC, RSA
from Crypto.Util.Padding import pad
from cryptography.hazmat.decrepit.ciphers.algorithms import RC2
from cryptography.hazmat.primitives.asymmetric import dh
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from OpenSSL import crypto

MODES = {"fast": AES.MODE_ECB, "auth": AES.MODE_EAX}
KEY_SIZES = {"device": 768, "server": 3072}


class Box:
    mode = MODES["auth"]

    def __init__(self, key):
        self.key = key

    def _cipher(self):
        return AES.new(self.key, self.mode)  # fine: weak-cipher

    def seal(self, data):
        cipher = self._cipher()
        body, tag = cipher.encrypt_and_digest(data)
        return cipher.nonce + tag + body


class FastBox:
    def __init__(self, key):
        self.key = key
        self.mode = MODES["fast"]

    def seal(self, data):
        return AES.new(self.key, self.mode).encrypt(pad(data, AES.block_size))  # flaw: weak-cipher


def seal_note(key, note):
    vector = os.urandom(8)
    return vector + DES.new(key, DES.MODE_CBC, iv=vector).encrypt(pad(note, 8))  # flaw: weak-cipher


def seal_fields(key, fields):
    sealed = {}
    for name, value in fields.items():
        cipher = Blowfish.new(key, Blowfish.MODE_CBC)  # flaw: weak-cipher
        sealed[name] = cipher.iv + cipher.encrypt(pad(str(value).encode(), Blowfish.block_size))
    return sealed


def seal_legacy(key, data):
    vector = os.urandom(8)
    encryptor = Cipher(RC2(key), modes.CBC(vector)).encryptor()  # flaw: weak-cipher
    return vector + encryptor.update(pad(data, 8)) + encryptor.finalize()


def seal_stream(key, data):
    cipher = ChaCha20_Poly1305.new(key=key)  # fine: weak-cipher
    body, tag = cipher.encrypt_and_digest(data)
    return cipher.nonce + tag + body


def seal_secret(key, data):
    return nacl.secret.SecretBox(key).encrypt(data)  # fine: weak-cipher


def fresh_secret_key():
    return nacl.utils.random(nacl.secret.SecretBox.KEY_SIZE)


def device_key():
    return RSA.generate(KEY_SIZES["device"])  # flaw: weak-cipher


def server_key():
    return RSA.generate(KEY_SIZES["server"])  # fine: weak-cipher


def signing_key(curve="P-256"):
    return ECC.generate(curve=curve)  # fine: weak-cipher


def certificate_key():
    key = crypto.PKey()
    key.generate_key(crypto.TYPE_RSA, 1024)  # flaw: weak-cipher
    return key


def exchange_parameters(size=2048):
    return dh.generate_parameters(generator=2, key_size=max(size, 2048))  # fine: weak-cipher


def wrap_key(public_key, session_key):
    return PKCS1_OAEP.new(public_key).encrypt(session_key)  # fine: weak-cipher


def pack_folder(folder, target):
    command = ["openssl", "enc", "-des3", "-pbkdf2", "-in", folder, "-out", target, "-pass", "env:PACK_SECRET"]  # flaw: weak-cipher
    subprocess.run(command, check=True)


def pack_folder_again(folder, target):
    command = ["gpg", "--symmetric", "--cipher-algo", "AES256", "--output", target, "--", folder]  # fine: weak-cipher
    subprocess.run(command, check=True)
