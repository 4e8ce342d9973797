'use strict';

const express = require('express');
const { MongoClient, ObjectId } = require('mongodb');

const client = new MongoClient(process.env.MONGO_URL);
const db = () => client.db('portal');
const FIELDS = ['status', 'owner', 'priority'];

const api = express.Router();
api.use(express.json());

class TicketRepository {
  constructor(database) {
    this.tickets = database.collection('tickets');
  }

  search(criteria) {
    return this.tickets.find(criteria).limit(50).toArray(); // flaw: nosql-injection
  }

  byStatus(status) {
    return this.tickets.find({ status: { $eq: status } }).limit(50).toArray(); // fine: nosql-injection
  }

  olderThan(days) {
    return this.tickets.find({ $where: 'this.ageDays > ' + days }).toArray(); // flaw: nosql-injection
  }
}

api.post('/session', async (req, res) => {
  const account = await db().collection('accounts').findOne({ login: req.body.login, pin: req.body.pin }); // flaw: nosql-injection
  if (!account) {
    res.status(401).json({ error: 'denied' });
    return;
  }
  req.session.accountId = account._id;
  res.json({ id: account._id });
});

api.post('/invite', async (req, res) => {
  const { email, token } = req.body;
  if (typeof email !== 'string' || typeof token !== 'string') {
    res.status(400).json({ error: 'malformed' });
    return;
  }
  const invite = await db().collection('invites').findOne({ email, token }); // fine: nosql-injection
  res.json({ valid: Boolean(invite) });
});

api.get('/tickets/old', async (req, res) => {
  const repo = new TicketRepository(db());
  const days = req.query.days || '30';
  res.json(await repo.olderThan(days));
});

api.post('/tickets/search', async (req, res) => {
  const repo = new TicketRepository(db());
  const criteria = {};
  for (const field of FIELDS) {
    if (req.body[field] !== undefined) {
      criteria[field] = req.body[field];
    }
  }
  res.json(await repo.search(criteria));
});

api.get('/tickets/status', async (req, res) => {
  const repo = new TicketRepository(db());
  res.json(await repo.byStatus(String(req.query.status)));
});

api.get('/tickets/:id', async (req, res) => {
  if (!ObjectId.isValid(req.params.id)) {
    res.status(404).end();
    return;
  }
  const doc = await db().collection('tickets').findOne({ _id: new ObjectId(req.params.id) }); // fine: nosql-injection
  res.json(doc);
});

api.post('/tickets/close', async (req, res) => {
  const filter = { owner: req.session.accountId, open: true };
  const body = req.body;
  if (body.reference) {
    filter.reference = body.reference;
  }
  const result = await db().collection('tickets').updateMany(filter, { $set: { open: false } }); // flaw: nosql-injection
  res.json({ closed: result.modifiedCount });
});

api.post('/tickets/count', async (req, res) => {
  const priority = Number(req.body.priority);
  if (Number.isNaN(priority)) {
    res.status(400).end();
    return;
  }
  const n = await db().collection('tickets').countDocuments({ priority, open: true }); // fine: nosql-injection
  res.json({ n });
});

module.exports = { api, client };
