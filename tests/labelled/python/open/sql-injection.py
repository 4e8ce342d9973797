import sqlite3
from contextlib import closing

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)
DATABASE = "/var/lib/shop/shop.db"
SORTABLE = {"name": "p.name", "price": "p.price_cents", "added": "p.created_at"}
AUDIT_TABLES = ("orders", "refunds", "shipments")


def connection():
    if "db" not in g:
        g.db = sqlite3.connect(DATABASE)
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close_connection(_error):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def fetch_all(statement, values=()):
    with closing(connection().cursor()) as cursor:
        cursor.execute(statement, values)
        return [dict(row) for row in cursor.fetchall()]


class CustomerStore:
    def __init__(self, db):
        self.db = db
        self.filters = []
        self.values = []

    def where(self, column_clause, value):
        self.filters.append(column_clause)
        self.values.append(value)
        return self

    def find_by_city(self, city):
        query = "SELECT id, email FROM customers WHERE city = '" + city + "'"
        return self.db.execute(query).fetchall()  # flaw: sql-injection

    def select(self):
        query = "SELECT id, email FROM customers"
        if self.filters:
            query += " WHERE " + " AND ".join(self.filters)
        return self.db.execute(query, self.values).fetchall()  # fine: sql-injection

    def remove_many(self, ids):
        joined = ",".join(ids)
        with self.db:
            self.db.execute(f"DELETE FROM customers WHERE id IN ({joined})")  # flaw: sql-injection

    def archive_many(self, ids):
        marks = ",".join("?" for _ in ids)
        with self.db:
            self.db.execute(f"UPDATE customers SET archived = 1 WHERE id IN ({marks})", ids)  # fine: sql-injection


@app.get("/products/<sku>")
def product(sku):
    row = connection().execute(f"SELECT * FROM products WHERE sku = '{sku}'").fetchone()  # flaw: sql-injection
    if row is None:
        abort(404)
    return jsonify(dict(row))


@app.get("/products/<sku>/stock")
def stock(sku):
    row = connection().execute("SELECT units FROM stock WHERE sku = ?", (sku,)).fetchone()  # fine: sql-injection
    return jsonify(units=row["units"] if row else 0)


@app.get("/products")
def products():
    clauses = ["SELECT p.sku, p.name FROM products p"]
    term = request.args.get("term")
    values = []
    if term:
        clauses.append("WHERE p.name LIKE ?")
        values.append(f"%{term}%")
    order = request.args.get("order", "p.name")
    clauses.append("ORDER BY " + order)
    statement = " ".join(clauses)
    cursor = connection().cursor()
    cursor.execute(statement, values)  # flaw: sql-injection
    return jsonify([dict(row) for row in cursor])


@app.get("/catalog")
def catalog():
    column = SORTABLE.get(request.args.get("order"), "p.name")
    direction = "DESC" if request.args.get("dir") == "desc" else "ASC"
    cursor = connection().cursor()
    cursor.execute("SELECT p.sku, p.name FROM products p ORDER BY %s %s" % (column, direction))  # fine: sql-injection
    return jsonify([dict(row) for row in cursor])


@app.get("/page")
def page():
    size = min(int(request.args.get("size", 20)), 100)
    offset = max(int(request.args.get("offset", 0)), 0)
    rows = connection().execute("SELECT sku FROM products LIMIT {} OFFSET {}".format(size, offset))  # fine: sql-injection
    return jsonify([row["sku"] for row in rows])


@app.get("/customers")
def customers():
    store = CustomerStore(connection())
    if "country" in request.args:
        store.where("country = ?", request.args["country"])
        return jsonify([row["id"] for row in store.select()])
    return jsonify([row["id"] for row in store.find_by_city(request.args.get("city", "Oslo"))])


@app.delete("/customers")
def delete_customers():
    store = CustomerStore(connection())
    if request.args.get("mode") == "archive":
        store.archive_many(request.args.getlist("id"))
    else:
        store.remove_many(request.args.getlist("id"))
    return "", 204


@app.get("/audit")
def audit():
    totals = {}
    for table in AUDIT_TABLES:
        row = connection().execute(f"SELECT count(*) AS n FROM {table}").fetchone()  # fine: sql-injection
        totals[table] = row["n"]
    return jsonify(totals)


@app.post("/import")
def run_import():
    name = request.get_json()["supplier"]
    script = "BEGIN; DELETE FROM staging WHERE supplier = '%s'; COMMIT;" % name
    connection().executescript(script)  # flaw: sql-injection
    return jsonify(fetch_all("SELECT count(*) AS n FROM staging"))
