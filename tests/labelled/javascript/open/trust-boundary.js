'use strict';

const express = require('express');
const users = require('./users');

const LANGUAGES = ['en', 'de', 'pl'];
const router = express.Router();
router.use(express.urlencoded({ extended: false }));

function remember(req, key, value) {
  req.session[key] = value; // flaw: trust-boundary
}

function toPageSize(raw) {
  const n = Number.parseInt(raw, 10);
  return n > 0 && n <= 100 ? n : 25;
}

router.post('/login', async (req, res) => {
  const account = await users.authenticate(req.body.login, req.body.password);
  if (!account) {
    res.status(401).end();
    return;
  }
  req.session.regenerate((err) => {
    if (err) {
      res.status(500).end();
      return;
    }
    req.session.accountId = account.id;
    req.session.role = account.role; // fine: trust-boundary
    res.status(204).end();
  });
});

router.post('/sso', (req, res) => {
  req.session.role = req.body.role; // flaw: trust-boundary
  res.status(204).end();
});

router.post('/language', (req, res) => {
  const lang = req.body.lang;
  if (!LANGUAGES.includes(lang)) {
    res.status(400).end();
    return;
  }
  req.session.lang = lang; // fine: trust-boundary
  res.status(204).end();
});

router.post('/tenant', (req, res) => {
  const tenant = req.body.tenant || req.query.tenant;
  if (tenant) {
    remember(req, 'tenantId', tenant);
  }
  res.status(204).end();
});

router.post('/page-size', (req, res) => {
  req.session.pageSize = toPageSize(req.body.size); // fine: trust-boundary
  res.status(204).end();
});

router.post('/impersonate', (req, res) => {
  const context = { since: Date.now() };
  context.accountId = req.get('x-account-id');
  context.admin = req.get('x-admin') === 'true';
  Object.assign(req.session, context); // flaw: trust-boundary
  res.status(204).end();
});

router.post('/workspace', async (req, res) => {
  const owned = await users.workspacesOf(req.session.accountId);
  const workspace = owned.find((w) => String(w.id) === req.body.workspace);
  if (!workspace) {
    res.status(404).end();
    return;
  }
  req.session.workspaceId = workspace.id; // fine: trust-boundary
  res.status(204).end();
});

router.post('/cart/price', (req, res) => {
  const cart = req.session.cart || { lines: [] };
  for (const [sku, price] of Object.entries(req.body)) {
    cart.lines.push({ sku, price });
  }
  req.session.cart = cart; // flaw: trust-boundary
  res.status(204).end();
});

module.exports = router;
