from bson import ObjectId
from bson.errors import InvalidId
from flask import Flask, abort, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient("mongodb://mongo.internal:27017/?tls=true").community

FILTERABLE = {"status", "category", "language"}
STATES = {"open", "closed", "pending"}


def public_view(document):
    return {"id": str(document["_id"]), "title": document.get("title")}


def lookup_invite(criteria):
    return db.invites.find_one(criteria)  # flaw: nosql-injection


def lookup_coupon(code):
    if not isinstance(code, str) or len(code) > 40:
        return None
    return db.coupons.find_one({"code": code, "active": True})  # fine: nosql-injection


class TicketQuery:
    def __init__(self):
        self.criteria = {"deleted": False}

    def restrict_text(self, field, value):
        if field not in FILTERABLE:
            raise KeyError(field)
        self.criteria[field] = {"$eq": str(value)}
        return self

    def documents(self, limit=50):
        return [public_view(d) for d in db.tickets.find(self.criteria).limit(limit)]  # fine: nosql-injection


@app.post("/password-reset/confirm")
def confirm_reset():
    body = request.get_json()
    account = db.accounts.find_one({"email": body["email"], "reset_token": body["token"]})  # flaw: nosql-injection
    if account is None:
        abort(403)
    db.accounts.update_one({"_id": account["_id"]}, {"$set": {"reset_pending": True}})
    return jsonify(ok=True)


@app.post("/session/device")
def register_device():
    body = request.get_json()
    account = db.accounts.find_one({"device_token": str(body["token"])})  # fine: nosql-injection
    if account is None:
        abort(403)
    return jsonify(id=str(account["_id"]))


@app.get("/posts/by-author")
def posts_by_author():
    author = request.args.get("author", "")
    expression = "this.author == '" + author + "' && this.published"
    cursor = db.posts.find({"$where": expression})  # flaw: nosql-injection
    return jsonify([public_view(d) for d in cursor])


@app.get("/posts/popular")
def popular_posts():
    minimum = int(request.args.get("likes", 10))
    cursor = db.posts.find({"$where": "this.likes.length >= %d" % minimum})  # fine: nosql-injection
    return jsonify([public_view(d) for d in cursor])


@app.get("/posts/<post_id>")
def post(post_id):
    try:
        key = ObjectId(post_id)
    except InvalidId:
        abort(404)
    document = db.posts.find_one({"_id": key})  # fine: nosql-injection
    if document is None:
        abort(404)
    return jsonify(public_view(document))


@app.post("/tickets/search")
def search_tickets():
    body = request.get_json()
    criteria = {"deleted": False}
    for field, value in body.items():
        if value in ("", None):
            continue
        criteria[field] = value
    found = db.tickets.find(criteria).limit(100)  # flaw: nosql-injection
    return jsonify([public_view(d) for d in found])


@app.post("/tickets/filter")
def filter_tickets():
    query = TicketQuery()
    for field, value in request.get_json().items():
        query.restrict_text(field, value)
    return jsonify(query.documents())


@app.post("/tickets/state")
def tickets_by_state():
    state = request.get_json().get("state")
    if not isinstance(state, str) or state not in STATES:
        abort(400)
    total = db.tickets.count_documents({"state": state})  # fine: nosql-injection
    return jsonify(total=total)


@app.post("/invites/accept")
def accept_invite():
    body = request.get_json()
    invite = lookup_invite({"code": body.get("code"), "used": False})
    if invite is None:
        abort(404)
    return jsonify(room=invite["room"])


@app.post("/coupons/apply")
def apply_coupon():
    coupon = lookup_coupon(request.get_json().get("code"))
    return jsonify(discount=coupon["discount"] if coupon else 0)


@app.get("/stats")
def stats():
    key = request.args.get("key", "views")
    mapper = "function() { emit(this.country, this." + key + "); }"
    result = db.command({  # flaw: nosql-injection
        "mapReduce": "visits",
        "map": mapper,
        "reduce": "function(k, v) { return Array.sum(v); }",
        "out": {"inline": 1},
    })
    return jsonify(rows=result["results"])
