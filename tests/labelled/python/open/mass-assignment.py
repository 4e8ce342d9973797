from flask import Flask, abort, g, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:////var/lib/club/club.db"
db = SQLAlchemy(app)

EDITABLE = ("nickname", "bio", "city")
RENAMES = {"displayName": "nickname", "about": "bio"}


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    nickname = db.Column(db.String(40))
    bio = db.Column(db.String(400))
    city = db.Column(db.String(80))
    is_admin = db.Column(db.Boolean, default=False)
    credit = db.Column(db.Integer, default=0)

    def assign(self, values):
        for name, value in values.items():
            if hasattr(self, name):
                setattr(self, name, value)  # flaw: mass-assignment

    def assign_profile(self, values):
        for name in EDITABLE:
            if name in values:
                setattr(self, name, values[name])  # fine: mass-assignment


def own_member():
    member = db.session.get(Member, g.member_id)
    if member is None:
        abort(404)
    return member


def only(values, names):
    return {name: values[name] for name in names if name in values}


@app.post("/members")
def register():
    member = Member(**request.get_json())  # flaw: mass-assignment
    db.session.add(member)
    db.session.commit()
    return jsonify(id=member.id), 201


@app.post("/v2/members")
def register_v2():
    body = request.get_json()
    member = Member(nickname=body["nickname"], bio=body.get("bio", ""))  # fine: mass-assignment
    db.session.add(member)
    db.session.commit()
    return jsonify(id=member.id), 201


@app.post("/v3/members")
def register_v3():
    member = Member(**only(request.get_json(), EDITABLE))  # fine: mass-assignment
    db.session.add(member)
    db.session.commit()
    return jsonify(id=member.id), 201


@app.patch("/me")
def change_me():
    own_member().assign(request.get_json())
    db.session.commit()
    return "", 204


@app.patch("/v2/me")
def change_me_v2():
    own_member().assign_profile(request.get_json())
    db.session.commit()
    return "", 204


@app.put("/me")
def replace_me():
    values = request.form.to_dict()
    values.pop("id", None)
    Member.query.filter_by(id=g.member_id).update(values)  # flaw: mass-assignment
    db.session.commit()
    return "", 204


@app.put("/v2/me")
def replace_me_v2():
    values = {}
    for given, column in RENAMES.items():
        values[column] = request.form.get(given, "")
    Member.query.filter_by(id=g.member_id).update(values)  # fine: mass-assignment
    db.session.commit()
    return "", 204


@app.post("/me/import")
def import_me():
    member = own_member()
    details = request.get_json().get("details", {})
    if not isinstance(details, dict):
        abort(400)
    db.session.merge(Member(id=member.id, **details))  # flaw: mass-assignment
    db.session.commit()
    return jsonify(nickname=member.nickname)


@app.post("/me/city")
def change_city():
    member = own_member()
    setattr(member, "city", request.form["city"])  # fine: mass-assignment
    db.session.commit()
    return "", 204


@app.post("/guests")
def add_guests():
    rows = []
    for entry in request.get_json()["guests"]:
        row = {"city": "unknown"}
        row.update(entry)
        rows.append(row)
    db.session.bulk_insert_mappings(Member, rows)  # flaw: mass-assignment
    db.session.commit()
    return jsonify(count=len(rows)), 201
