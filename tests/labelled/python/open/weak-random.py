import random
import secrets
import string
import time
import uuid

from flask import Flask, jsonify, request, session

app = Flask(__name__)

ALPHABET = string.ascii_letters + string.digits
COLORS = ["#7fb3d5", "#f7dc6f", "#82e0aa"]
_system = random.SystemRandom()


def pick_characters(source, length):
    return "".join(source.choice(ALPHABET) for _ in range(length))


class TokenFactory:
    def __init__(self, length=32):
        self.length = length
        self.generator = random.Random(time.time())

    def api_token(self):
        letters = []
        while len(letters) < self.length:
            letters.append(self.generator.choice(ALPHABET))  # flaw: weak-random
        return "".join(letters)

    def session_id(self):
        return secrets.token_hex(self.length)  # fine: weak-random


class Deck:
    def __init__(self):
        self.cards = [(suit, rank) for suit in "SHDC" for rank in range(1, 14)]

    def shuffled(self):
        random.shuffle(self.cards)  # fine: weak-random
        return self.cards


def backoff(attempt):
    return min(60, 2 ** attempt) + random.uniform(0, 1)  # fine: weak-random


def avatar_color(_name):
    return random.choice(COLORS)  # fine: weak-random


def invitation_code():
    return pick_characters(_system, 20)  # fine: weak-random


def one_time_code():
    return "%06d" % random.randint(0, 999999)  # flaw: weak-random


def temporary_password():
    return "".join(random.sample(ALPHABET, 12))  # flaw: weak-random


def csrf_token():
    if "csrf" not in session:
        value = random.getrandbits(128)  # flaw: weak-random
        session["csrf"] = format(value, "032x")
    return session["csrf"]


@app.post("/password/forgot")
def forgot():
    random.seed(request.form["email"] + str(int(time.time())))
    token = format(random.getrandbits(160), "x")  # flaw: weak-random
    queue_mail(request.form["email"], f"https://shop.example.com/reset/{token}")
    return jsonify(sent=True)


@app.post("/password/forgot/v2")
def forgot_v2():
    token = secrets.token_urlsafe(32)  # fine: weak-random
    queue_mail(request.form["email"], f"https://shop.example.com/reset/{token}")
    return jsonify(sent=True)


@app.get("/share")
def share():
    link = uuid.UUID(int=random.getrandbits(128), version=4)  # flaw: weak-random
    return jsonify(private_link=f"https://shop.example.com/s/{link}")


@app.get("/recommendations")
def recommendations():
    products = ["lamp", "desk", "chair", "shelf"]
    return jsonify(random.sample(products, 2))  # fine: weak-random


OUTBOX = []


def queue_mail(recipient, link):
    OUTBOX.append((recipient, link))
