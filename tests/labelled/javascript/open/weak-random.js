'use strict';

const crypto = require('crypto');
const express = require('express');

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';
const router = express.Router();
const resets = new Map();
const invites = new Map();

function pick(list) {
  return list[Math.floor(Math.random() * list.length)]; // fine: weak-random
}

function randomString(length) {
  let out = '';
  for (let i = 0; i < length; i += 1) {
    out += ALPHABET.charAt(Math.floor(Math.random() * ALPHABET.length)); // flaw: weak-random
  }
  return out;
}

class TokenFactory {
  session() {
    const left = Math.random().toString(36).slice(2); // flaw: weak-random
    return `${left}${Date.now().toString(36)}`;
  }

  api() {
    return crypto.randomBytes(32).toString('base64url'); // fine: weak-random
  }
}

const factory = new TokenFactory();

router.post('/reset', (req, res) => {
  const token = randomString(24);
  resets.set(token, { email: req.body.email, at: Date.now() });
  res.status(202).end();
});

router.post('/login/code', (req, res) => {
  const code = Math.floor(100000 + Math.random() * 900000); // flaw: weak-random
  req.session.pendingCode = String(code);
  res.status(202).end();
});

router.post('/login/code/v2', (req, res) => {
  const code = crypto.randomInt(100000, 1000000); // fine: weak-random
  req.session.pendingCode = String(code);
  res.status(202).end();
});

router.post('/invites', (req, res) => {
  const bytes = [];
  while (bytes.length < 16) {
    bytes.push((Math.random() * 256) | 0); // flaw: weak-random
  }
  const inviteToken = Buffer.from(bytes).toString('hex');
  invites.set(inviteToken, req.session.accountId);
  res.json({ inviteToken });
});

router.get('/tip', (req, res) => {
  res.json({ tip: pick(['Use tags', 'Try dark mode', 'Pin a board']) });
});

router.get('/retry', (req, res) => {
  const delay = 200 + Math.random() * 300; // fine: weak-random
  setTimeout(() => res.json({ ok: true }), delay);
});

router.get('/cards', (req, res) => {
  const deck = Array.from({ length: 24 }, (_, i) => i);
  deck.sort(() => Math.random() - 0.5); // fine: weak-random
  res.json({ deck });
});

router.post('/tokens', (req, res) => {
  req.session.ticket = factory.session();
  res.json({ key: factory.api() });
});

module.exports = router;
