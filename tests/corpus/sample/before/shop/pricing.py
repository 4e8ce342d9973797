PRICES = {"tea": 4, "coffee": 6}


def price_of(article):
    return PRICES[article]
