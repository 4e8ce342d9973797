"""Asynchronous player profile service (aiohttp, motor, elasticsearch, redis)."""
import json
import os

from aiohttp import web
from elasticsearch import AsyncElasticsearch
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel, ValidationError
from redis.asyncio import Redis

routes = web.RouteTableDef()
mongo = AsyncIOMotorClient(os.environ["MONGO_URI"])
players = mongo.game.players
matches = mongo.game.matches
search = AsyncElasticsearch(os.environ["SEARCH_URI"])
cache = Redis.from_url(os.environ["REDIS_URI"])

LEAGUES = {"bronze": 1, "silver": 2, "gold": 3}
COUNTER = "return redis.call('INCRBY', KEYS[1], ARGV[1])"


class LinkRequest(BaseModel):
    nickname: str
    code: str


class PipelineBuilder:
    def __init__(self):
        self.stages = []

    def match(self, conditions):
        self.stages.append({"$match": conditions})
        return self

    def top(self, amount):
        self.stages.append({"$sort": {"score": -1}})
        self.stages.append({"$limit": amount})
        return self

    def build(self):
        return list(self.stages)


async def names(cursor):
    return [document["nickname"] async for document in cursor]


@routes.post("/link")
async def link_account(request):
    body = await request.json()
    player = await players.find_one({"nickname": body["nickname"], "link_code": body["code"]})  # flaw: nosql-injection
    if player is None:
        raise web.HTTPForbidden()
    return web.json_response({"player": str(player["_id"])})


@routes.post("/v2/link")
async def link_account_v2(request):
    try:
        wanted = LinkRequest.model_validate(await request.json())
    except ValidationError:
        raise web.HTTPBadRequest()
    player = await players.find_one({"nickname": wanted.nickname, "link_code": wanted.code})  # fine: nosql-injection
    if player is None:
        raise web.HTTPForbidden()
    return web.json_response({"player": str(player["_id"])})


@routes.get("/players")
async def list_players(request):
    conditions = {"visible": True}
    raw = request.query.get("filter")
    if raw:
        conditions.update(json.loads(raw))
    found = players.find(conditions).limit(50)  # flaw: nosql-injection
    return web.json_response(await names(found))


@routes.get("/players/league/{league}")
async def league_players(request):
    level = LEAGUES.get(request.match_info["league"], 1)
    found = players.find({"league": level}).limit(50)  # fine: nosql-injection
    return web.json_response(await names(found))


@routes.get("/players/country")
async def country_players(request):
    found = players.find({"country": request.query.get("country", "NO")})  # fine: nosql-injection
    return web.json_response(await names(found))


@routes.post("/ranking")
async def ranking(request):
    body = await request.json()
    builder = PipelineBuilder().match(body.get("where", {})).top(10)
    cursor = players.aggregate(builder.build())  # flaw: nosql-injection
    return web.json_response(await names(cursor))


@routes.post("/v2/ranking")
async def ranking_v2(request):
    body = await request.json()
    amount = max(1, min(int(body.get("amount", 10)), 100))
    builder = PipelineBuilder().match({"season": int(body["season"])}).top(amount)
    cursor = players.aggregate(builder.build())  # fine: nosql-injection
    return web.json_response(await names(cursor))


@routes.get("/matches/weighted")
async def weighted_matches(request):
    weight = request.query.get("formula", "kills * 2")
    stage = {"$addFields": {"weight": {"$function": {
        "body": "function(kills, deaths) { return " + weight + "; }",
        "args": ["$kills", "$deaths"],
        "lang": "js",
    }}}}
    cursor = matches.aggregate([stage, {"$limit": 20}])  # flaw: nosql-injection
    return web.json_response([m["weight"] async for m in cursor])


@routes.get("/matches/search")
async def search_matches(request):
    map_name = request.query.get("map", "")
    query = '{"match": {"map": "%s"}}' % map_name
    hits = await search.search(index="matches", query=json.loads(query))  # flaw: nosql-injection
    return web.json_response(hits["hits"]["total"])


@routes.get("/v2/matches/search")
async def search_matches_v2(request):
    hits = await search.search(index="matches", query={"match": {"map": request.query.get("map", "")}})  # fine: nosql-injection
    return web.json_response(hits["hits"]["total"])


@routes.post("/counters/{name}")
async def count(request):
    name = request.match_info["name"]
    value = await cache.eval(COUNTER, 1, "counter:" + name, 1)  # fine: nosql-injection
    return web.json_response({"value": value})


@routes.post("/scripts/max")
async def keep_max(request):
    field = (await request.json())["field"]
    script = f"local v = redis.call('GET', '{field}') return v"
    return web.json_response({"value": str(await cache.eval(script, 0))})  # flaw: nosql-injection


def main():
    app = web.Application()
    app.add_routes(routes)
    web.run_app(app, host="127.0.0.1", port=8090)
