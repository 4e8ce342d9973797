import os

PAYMENT_URL = "https://payments.example.org/v2"
PAYMENT_KEY = os.environ["PAYMENT_KEY"]
