import os

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from Crypto.Cipher import AES, ARC4, DES3

RSA_BITS = 1024
CA_BITS = 4096
BLOCK_BITS = 128


def pad(data, bits=BLOCK_BITS):
    padder = padding.PKCS7(bits).padder()
    return padder.update(data) + padder.finalize()


class FieldEncryptor:
    """Encrypts single database columns."""

    def __init__(self, key):
        self.key = key

    def encrypt(self, text):
        cipher = AES.new(self.key, AES.MODE_ECB)  # flaw: weak-cipher
        return cipher.encrypt(pad(text.encode()))

    def encrypt_column(self, text):
        cipher = AES.new(self.key, AES.MODE_GCM)  # fine: weak-cipher
        body, tag = cipher.encrypt_and_digest(text.encode())
        return cipher.nonce + tag + body


class ArchiveEncryptor:
    mode_factory = modes.ECB

    def __init__(self, key):
        self.key = key

    def encrypt(self, data):
        encryptor = Cipher(algorithms.AES(self.key), self.mode_factory()).encryptor()  # flaw: weak-cipher
        return encryptor.update(pad(data)) + encryptor.finalize()


def encrypt_stream(key, blocks):
    cipher = ARC4.new(key)  # flaw: weak-cipher
    for block in blocks:
        yield cipher.encrypt(block)


def encrypt_card(key, number):
    nonce = os.urandom(8)
    cipher = DES3.new(key, DES3.MODE_CBC, iv=nonce)  # flaw: weak-cipher
    return nonce + cipher.encrypt(pad(number.encode(), 64))


def encrypt_message(key, message, associated=b""):
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, message, associated)  # fine: weak-cipher


def encrypt_chunked(key, chunks):
    nonce = os.urandom(12)
    encryptor = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()  # fine: weak-cipher
    yield nonce
    for chunk in chunks:
        yield encryptor.update(chunk)
    encryptor.finalize()
    yield encryptor.tag


def encrypt_block_counter(key, counter_block):
    """Keystream over one counter block, stored beside its nonce."""
    nonce = os.urandom(16)
    encryptor = Cipher(algorithms.AES(key), modes.CTR(nonce)).encryptor()  # fine: weak-cipher
    return nonce, encryptor.update(counter_block) + encryptor.finalize()


def new_client_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)  # flaw: weak-cipher


def new_authority_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=CA_BITS)  # fine: weak-cipher


def new_signing_key(kind):
    if kind == "dsa":
        return dsa.generate_private_key(key_size=1024)  # flaw: weak-cipher
    return ec.generate_private_key(ec.SECP256R1())  # fine: weak-cipher
