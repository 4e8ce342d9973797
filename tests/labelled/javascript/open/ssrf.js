'use strict';

const express = require('express');
const axios = require('axios');
const https = require('https');
const got = require('got');

const PARTNERS = new Set(['api.partner-one.com', 'api.partner-two.com']);
const REGIONS = { eu: 'https://eu.stock.example.com', us: 'https://us.stock.example.com' };

const app = express();
app.use(express.json());

class WebhookSender {
  constructor() {
    this.queue = [];
  }

  enqueue(target, payload) {
    this.queue.push({ target, payload });
  }

  async flush() {
    while (this.queue.length) {
      const job = this.queue.shift();
      await axios.post(job.target, job.payload, { timeout: 3000 }); // flaw: ssrf
    }
  }
}

function download(address) {
  return got(address, { timeout: { request: 5000 } }).buffer(); // flaw: ssrf
}

app.get('/proxy', async (req, res) => {
  const answer = await axios.get(req.query.url); // flaw: ssrf
  res.json(answer.data);
});

app.get('/partner', async (req, res) => {
  let url;
  try {
    url = new URL(String(req.query.url));
  } catch (e) {
    res.status(400).end();
    return;
  }
  if (url.protocol !== 'https:' || !PARTNERS.has(url.host)) {
    res.status(403).end();
    return;
  }
  const answer = await axios.get(url.href, { maxRedirects: 0 }); // fine: ssrf
  res.json(answer.data);
});

app.post('/hooks/test', async (req, res) => {
  const sender = new WebhookSender();
  sender.enqueue(req.body.callback, { event: 'test' });
  await sender.flush();
  res.status(202).end();
});

app.get('/stock/:sku', async (req, res) => {
  const base = req.query.region === 'us' ? REGIONS.us : REGIONS.eu;
  const answer = await got(`${base}/items/${encodeURIComponent(req.params.sku)}`).json(); // fine: ssrf
  res.json(answer);
});

app.post('/avatar', async (req, res) => {
  const source = req.body.source;
  if (!source.startsWith('http')) {
    res.status(400).end();
    return;
  }
  const image = await download(source);
  res.json({ bytes: image.length });
});

app.get('/tenant/health', (req, res) => {
  const host = req.query.tenant + '.tenants.example.com';
  const parts = ['https://', host, '/health'];
  https.get(parts.join(''), (upstream) => { // flaw: ssrf
    res.json({ status: upstream.statusCode });
  });
});

app.get('/exchange', async (req, res) => {
  const answer = await axios.get('https://rates.example.com/latest', { params: { base: String(req.query.base) } }); // fine: ssrf
  res.json(answer.data);
});

app.get('/weather/:station', async (req, res) => {
  const station = Number.parseInt(req.params.station, 10) || 0;
  const answer = await fetch('https://weather.example.com/v1/stations/' + station); // fine: ssrf
  res.json(await answer.json());
});

module.exports = app;
