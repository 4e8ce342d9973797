'use strict';

const fs = require('fs');
const express = require('express');
const xpath = require('xpath');
const { DOMParser } = require('@xmldom/xmldom');

const CATALOG = new DOMParser().parseFromString(fs.readFileSync('/srv/data/catalog.xml', 'utf8'), 'text/xml');
const STAFF = new DOMParser().parseFromString(fs.readFileSync('/srv/data/staff.xml', 'utf8'), 'text/xml');
const AXES = new Map([['author', 'author'], ['publisher', 'publisher']]);

const app = express();
app.use(express.urlencoded({ extended: false }));

function titles(nodes) {
  return nodes.map((n) => n.getAttribute('title'));
}

function query(expression) {
  return xpath.select(expression, CATALOG); // flaw: xpath-injection
}

app.post('/signin', (req, res) => {
  const hit = xpath.select1(`//employee[@login='${req.body.login}' and @badge='${req.body.badge}']`, STAFF); // flaw: xpath-injection
  res.json({ ok: Boolean(hit) });
});

app.post('/signin/card', (req, res) => {
  const evaluator = xpath.parse('//employee[@login=$login and @card=$card]');
  const hit = evaluator.select1({ // fine: xpath-injection
    node: STAFF,
    variables: { login: String(req.body.login), card: String(req.body.card) },
  });
  res.json({ ok: Boolean(hit) });
});

app.get('/books', (req, res) => {
  const predicates = [];
  if (req.query.author) {
    predicates.push('author = "' + req.query.author + '"');
  }
  if (req.query.lang) {
    predicates.push('@lang = "' + req.query.lang + '"');
  }
  const where = predicates.length ? '[' + predicates.join(' and ') + ']' : '';
  res.json(titles(query('/catalog/book' + where)));
});

app.get('/books/year/:year', (req, res) => {
  const year = Number(req.params.year);
  const nodes = xpath.select(`/catalog/book[@year=${year}]`, CATALOG); // fine: xpath-injection
  res.json(titles(nodes));
});

app.get('/books/isbn/:isbn', (req, res) => {
  const isbn = req.params.isbn;
  if (!/^[0-9X-]{10,17}$/.test(isbn)) {
    res.status(400).end();
    return;
  }
  const node = xpath.select1("/catalog/book[@isbn='" + isbn + "']", CATALOG); // fine: xpath-injection
  res.json({ title: node ? node.getAttribute('title') : null });
});

app.get('/books/count', (req, res) => {
  const shelf = req.query.shelf;
  let expr = 'count(/catalog/book';
  expr += shelf ? `[@shelf='${shelf}']` : '';
  expr += ')';
  const total = xpath.evaluate(expr, CATALOG, null, xpath.XPathResult.NUMBER_TYPE, null).numberValue; // flaw: xpath-injection
  res.json({ total });
});

app.get('/facets/:name', (req, res) => {
  const element = AXES.get(req.params.name);
  if (!element) {
    res.status(404).end();
    return;
  }
  const nodes = xpath.select(`/catalog/book/${element}/text()`, CATALOG); // fine: xpath-injection
  res.json(nodes.map((n) => n.nodeValue));
});

app.get('/extract', (req, res) => {
  const nodes = xpath.select(req.query.path, STAFF); // flaw: xpath-injection
  res.json(nodes.map(String));
});

module.exports = app;
