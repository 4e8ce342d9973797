"""Read side of the booking service: FastAPI, SQLAlchemy and asyncpg."""
import os
from enum import Enum
from typing import Annotated, Optional

import asyncpg
from fastapi import Body, Depends, FastAPI, HTTPException, Query
from sqlalchemy import bindparam, column, create_engine, select, table, text
from sqlalchemy.orm import Session, sessionmaker

app = FastAPI()
engine = create_engine(os.environ["BOOKING_DSN"])
SessionLocal = sessionmaker(engine)

ROOMS = table("rooms", column("id"), column("name"), column("floor"), column("seats"))
BASE = "SELECT b.id, b.room_id, b.starts FROM bookings b"


class Period(str, Enum):
    day = "day"
    week = "week"
    month = "month"


def session():
    with SessionLocal() as opened:
        yield opened


class BookingQuery:
    def __init__(self):
        self.conditions = []
        self.params = {}
        self.tail = ""

    def matching(self, name, value):
        self.conditions.append(f"b.{name} = '{value}'")
        return self

    def equals(self, name: str, value):
        self.conditions.append("b.owner = :owner" if name == "owner" else "b.room_id = :room")
        self.params["owner" if name == "owner" else "room"] = value
        return self

    def sql(self):
        where = " WHERE " + " AND ".join(self.conditions) if self.conditions else ""
        return BASE + where + self.tail


def rows(db: Session, statement: str, **params):
    return [dict(r) for r in db.execute(text(statement), params).mappings()]  # fine: sql-injection


@app.get("/bookings")
def bookings(owner: str, room: Optional[str] = None, db: Session = Depends(session)):
    query = BookingQuery().matching("owner", owner)
    if room is not None:
        query.matching("room_id", room)
    found = db.execute(text(query.sql())).mappings()  # flaw: sql-injection
    return [dict(r) for r in found]


@app.get("/bookings/mine")
def own_bookings(owner: str, room: Optional[int] = None, db: Session = Depends(session)):
    query = BookingQuery().equals("owner", owner)
    if room is not None:
        query.equals("room", room)
    return rows(db, query.sql(), **query.params)


@app.get("/rooms/search")
def search_rooms(name: str, db: Session = Depends(session)):
    statement = select(ROOMS.c.id).where(text("name ILIKE '%" + name + "%'"))  # flaw: sql-injection
    return [r.id for r in db.execute(statement)]


@app.get("/rooms/named")
def named_rooms(name: str, db: Session = Depends(session)):
    statement = select(ROOMS.c.id).where(ROOMS.c.name.ilike(f"%{name}%"))  # fine: sql-injection
    return [r.id for r in db.execute(statement)]


@app.get("/rooms/sorted")
def sorted_rooms(by: Annotated[str, Query()] = "name", db: Session = Depends(session)):
    if by not in ROOMS.c:
        raise HTTPException(400)
    statement = text(f"SELECT id FROM rooms ORDER BY {by}")  # fine: sql-injection
    return [r.id for r in db.execute(statement)]


@app.get("/usage/{period}")
def usage(period: Period, db: Session = Depends(session)):
    statement = "SELECT date_trunc('%s', starts) AS slot, count(*) AS n FROM bookings GROUP BY 1" % period.value
    return [dict(r) for r in db.execute(text(statement)).mappings()]  # fine: sql-injection


@app.get("/usage/custom/{bucket}")
def custom_usage(bucket: str, db: Session = Depends(session)):
    pieces = ["SELECT date_trunc('", bucket, "', starts) AS slot, count(*) AS n FROM bookings GROUP BY 1"]
    with engine.connect() as link:
        found = link.exec_driver_sql("".join(pieces))  # flaw: sql-injection
        return [dict(r) for r in found.mappings()]


@app.post("/rooms/lookup")
def lookup(ids: Annotated[list[int], Body()], db: Session = Depends(session)):
    statement = text("SELECT id, name FROM rooms WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
    return [r.name for r in db.execute(statement, {"ids": ids})]  # fine: sql-injection


async def archive_connection():
    return await asyncpg.connect(os.environ["ARCHIVE_DSN"])


@app.get("/archive/{year}/{owner}")
async def archive(year: int, owner: str):
    link = await archive_connection()
    try:
        found = await link.fetch(f"SELECT id FROM bookings_{year} WHERE owner = $1", owner)  # fine: sql-injection
    finally:
        await link.close()
    return [r["id"] for r in found]


@app.get("/archive/{year}/notes/{word}")
async def archive_notes(year: int, word: str):
    link = await archive_connection()
    try:
        found = await link.fetch("SELECT id FROM notes_%d WHERE body LIKE '%%%s%%'" % (year, word))  # flaw: sql-injection
    finally:
        await link.close()
    return [r["id"] for r in found]


@app.post("/archive/move")
async def move(payload: Annotated[dict, Body()]):
    link = await archive_connection()
    target = payload.get("table") or "bookings_old"
    async with link.transaction():
        await link.execute("INSERT INTO " + target + " SELECT * FROM bookings WHERE id = $1", int(payload["id"]))  # flaw: sql-injection
    await link.close()
    return {"moved": True}
