PAYMENT_URL = "https://payments.example.org/v2"
PAYMENT_KEY = "@@PAYMENT_KEY@@"
