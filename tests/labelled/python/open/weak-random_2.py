"""Account service: vouchers, confirmation codes and some simulations (Django)."""
import base64
import hashlib
import os
import random
import secrets
import time
import uuid
from random import Random, choices, randrange

import numpy as np
from django.core.mail import send_mail
from django.http import JsonResponse
from django.utils.crypto import get_random_string
from django.views import View

from accounts.models import Account, Voucher

SYMBOLS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
rng = np.random.default_rng(7)


class CodeMaker:
    def __init__(self, source=None):
        self.source = source or Random()

    def digits(self, length=6):
        code = ""
        for _ in range(length):
            code += str(self.source.randrange(10))  # flaw: weak-random
        return code


class ChallengeMaker:
    def __init__(self):
        self.source = secrets.SystemRandom()

    def digits(self, length=6):
        return "".join(str(self.source.randrange(10)) for _ in range(length))  # fine: weak-random


def salt_for(password):
    salt = bytes(randrange(256) for _ in range(16))  # flaw: weak-random
    return salt, hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def salted(password):
    salt = os.urandom(16)  # fine: weak-random
    return salt, hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def encryption_key():
    return np.random.bytes(32)  # flaw: weak-random


def simulate_arrivals(rate, hours):
    return rng.poisson(rate, size=hours).tolist()  # fine: weak-random


def bootstrap_mean(samples, rounds=200):
    means = []
    for _ in range(rounds):
        picked = choices(samples, k=len(samples))  # fine: weak-random
        means.append(sum(picked) / len(picked))
    return sorted(means)[rounds // 2]


class ConfirmView(View):
    def post(self, request):
        account = Account.objects.get(pk=request.session["account"])
        account.confirm_code = CodeMaker().digits()
        account.save(update_fields=["confirm_code"])
        send_mail("Your code", account.confirm_code, None, [account.email])
        return JsonResponse({"sent": True})


class ChallengeView(View):
    def post(self, request):
        account = Account.objects.get(pk=request.session["account"])
        account.confirm_code = ChallengeMaker().digits(8)
        account.save(update_fields=["confirm_code"])
        return JsonResponse({"sent": True})


class VoucherView(View):
    def post(self, request):
        letters = [SYMBOLS[int(random.random() * len(SYMBOLS))] for _ in range(10)]  # flaw: weak-random
        voucher = Voucher.objects.create(code="".join(letters), amount=50)
        return JsonResponse({"code": voucher.code})

    def put(self, request):
        voucher = Voucher.objects.create(code=get_random_string(16, SYMBOLS), amount=50)  # fine: weak-random
        return JsonResponse({"code": voucher.code})


class RecoveryView(View):
    def post(self, request):
        stamp = str(time.time_ns()).encode()
        token = base64.urlsafe_b64encode(hashlib.sha256(stamp).digest()).decode()  # flaw: weak-random
        Account.objects.filter(email=request.POST["email"]).update(recovery=token)
        return JsonResponse({"sent": True})

    def put(self, request):
        token = uuid.uuid4().hex  # fine: weak-random
        Account.objects.filter(email=request.POST["email"]).update(recovery=token)
        return JsonResponse({"sent": True})


class ApiKeyView(View):
    def post(self, request):
        key = uuid.uuid1().hex  # flaw: weak-random
        Account.objects.filter(pk=request.session["account"]).update(api_key=key)
        return JsonResponse({"key": key})


def quiz_order(questions):
    ordered = list(questions)
    Random(len(ordered)).shuffle(ordered)  # fine: weak-random
    return ordered


def retry_delay(attempt):
    return min(30.0, 2.0 ** attempt) * (1 + random.random() / 10)  # fine: weak-random
