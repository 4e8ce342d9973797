'use strict';

const express = require('express');
const cookieParser = require('cookie-parser');
const serialize = require('node-serialize');
const yaml = require('js-yaml');
const legacyTypes = require('js-yaml-js-types').all;
const funcster = require('funcster');

const app = express();
app.use(cookieParser());
app.use(express.text({ type: ['text/*', 'application/yaml'] }));

const FULL_SCHEMA = yaml.DEFAULT_SCHEMA.extend(legacyTypes);

function readPreferences(raw) {
  if (!raw) {
    return {};
  }
  const text = Buffer.from(raw, 'base64').toString('utf8');
  return serialize.unserialize(text); // flaw: deserialization
}

function parseDocument(text, options) {
  return yaml.load(text, options); // flaw: deserialization
}

app.get('/dashboard', (req, res) => {
  const prefs = readPreferences(req.cookies.prefs);
  res.json({ theme: prefs.theme });
});

app.get('/widgets', (req, res) => {
  const raw = Buffer.from(req.cookies.widgets || 'e30=', 'base64').toString('utf8');
  const widgets = JSON.parse(raw); // fine: deserialization
  res.json({ count: Object.keys(widgets).length });
});

app.post('/import', (req, res) => {
  const doc = serialize.unserialize(req.body); // flaw: deserialization
  res.json({ keys: Object.keys(doc) });
});

app.post('/pipeline', (req, res) => {
  const options = { schema: FULL_SCHEMA, filename: 'pipeline.yml' };
  const doc = parseDocument(req.body, options);
  res.json({ stages: (doc.stages || []).length });
});

app.post('/pipeline/v2', (req, res) => {
  const doc = yaml.load(req.body, { schema: yaml.CORE_SCHEMA, filename: 'pipeline.yml' }); // fine: deserialization
  res.json({ stages: (doc.stages || []).length });
});

app.post('/feed', (req, res) => {
  const entries = [];
  yaml.loadAll(req.body, (d) => entries.push(d), { schema: yaml.JSON_SCHEMA }); // fine: deserialization
  res.json({ entries: entries.length });
});

app.post('/macro', (req, res) => {
  let bundle = null;
  try {
    bundle = JSON.parse(req.body);
  } catch (e) {
    res.status(400).end();
    return;
  }
  const chosen = bundle.macros ? bundle.macros : bundle;
  const macro = funcster.deepDeserialize(chosen); // flaw: deserialization
  res.json({ names: Object.keys(macro) });
});

const DEFAULTS = '{"theme":"dark","pageSize":25}';

app.get('/defaults', (req, res) => {
  const defaults = serialize.unserialize(DEFAULTS); // fine: deserialization
  res.json(defaults);
});

module.exports = app;
