'use strict';

const express = require('express');
const libxml = require('libxmljs2');
const { XMLParser } = require('fast-xml-parser');
const xml2js = require('xml2js');
const fs = require('fs');

const app = express();
app.use(express.text({ type: ['application/xml', 'text/xml'], limit: '200kb' }));

const SCHEMA_FILE = '/srv/app/schema/invoice.xml';
const LENIENT = { noent: true, noblanks: true };

class InvoiceReader {
  constructor(options) {
    this.options = Object.assign({ noblanks: true }, options);
  }

  read(xml) {
    const doc = libxml.parseXml(xml, this.options); // flaw: xxe
    return doc.get('//total').text();
  }
}

function parseOrder(xml) {
  return libxml.parseXml(xml, { nonet: true, noent: false, dtdload: false }); // fine: xxe
}

app.post('/invoices', (req, res) => {
  const reader = new InvoiceReader({ noent: true, dtdload: true });
  res.json({ total: reader.read(req.body) });
});

app.post('/notes', (req, res) => {
  const doc = libxml.parseXml(req.body, { noent: true }); // flaw: xxe
  res.json({ note: doc.root().text() });
});

app.post('/orders', (req, res) => {
  const doc = parseOrder(req.body);
  res.json({ id: doc.get('//id').text() });
});

app.post('/contacts', (req, res) => {
  const parser = new XMLParser({ ignoreAttributes: false, processEntities: false });
  const contact = parser.parse(req.body); // fine: xxe
  res.json(contact);
});

app.post('/sitemap', (req, res) => {
  const urls = [];
  const text = req.body.trim();
  if (!text.startsWith('<?xml')) {
    res.status(400).end();
    return;
  }
  const doc = libxml.parseXmlString(text, LENIENT); // flaw: xxe
  for (const node of doc.find('//loc')) {
    urls.push(node.text());
  }
  res.json({ urls });
});

app.post('/rates', async (req, res) => {
  const parsed = await xml2js.parseStringPromise(req.body, { explicitArray: false }); // fine: xxe
  res.json(parsed);
});

app.get('/schema', (req, res) => {
  const doc = libxml.parseXml(fs.readFileSync(SCHEMA_FILE, 'utf8'), { noent: true }); // fine: xxe
  res.json({ root: doc.root().name() });
});

app.post('/feed', (req, res) => {
  const options = {};
  options.recover = true;
  options.noent = true;
  if (req.query.strict) {
    options.recover = false;
  }
  const feed = libxml.parseXml(req.body, options); // flaw: xxe
  res.json({ title: feed.get('//title').text() });
});

module.exports = app;
