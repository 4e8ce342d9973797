'use strict';

const express = require('express');
const escapeRegExp = require('lodash/escapeRegExp');

const router = express.Router();
router.use(express.json({ limit: '1mb' }));

const EMAIL = /^([a-zA-Z0-9]+\.?)+@example\.com$/;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const TRAILING = /(\s|\u00a0)+$/;
const articles = require('./articles.json');

class Highlighter {
  constructor(term) {
    this.pattern = new RegExp('(' + term + ')', 'gi'); // flaw: redos
  }

  apply(text) {
    return text.replace(this.pattern, '[$1]');
  }
}

router.post('/email', (req, res) => {
  res.json({ valid: EMAIL.test(req.body.email) }); // flaw: redos
});

router.post('/slug', (req, res) => {
  res.json({ valid: SLUG.test(req.body.slug) }); // fine: redos
});

router.get('/filter', (req, res) => {
  const found = articles.filter((a) => new RegExp(req.query.q).test(a.title)); // flaw: redos
  res.json(found);
});

router.get('/find', (req, res) => {
  const pattern = new RegExp(escapeRegExp(String(req.query.q)), 'i'); // fine: redos
  res.json(articles.filter((a) => pattern.test(a.title)));
});

router.post('/tags', (req, res) => {
  const list = /^(\w+\s?)*;$/;
  const raw = req.body.tags;
  let ok = false;
  if (raw) {
    ok = list.test(raw); // flaw: redos
  }
  res.json({ ok });
});

router.post('/code', (req, res) => {
  const code = String(req.body.code);
  if (code.length > 12) {
    res.status(400).end();
    return;
  }
  res.json({ ok: /^(\d+-?)+$/.test(code) }); // fine: redos
});

router.post('/highlight', (req, res) => {
  const marker = new Highlighter(req.body.term);
  res.json({ text: marker.apply(String(req.body.text)) });
});

router.post('/clean', (req, res) => {
  const text = String(req.body.text).slice(0, 100000);
  res.json({ text: text.replace(TRAILING, '') }); // flaw: redos
});

router.post('/phone', (req, res) => {
  const ok = /^\+?[0-9]{6,15}$/.test(String(req.body.phone)); // fine: redos
  res.json({ ok });
});

module.exports = router;
