'use strict';

const util = require('util');
const express = require('express');

const router = express.Router();
router.use(express.json());

const oneLine = (value) => String(value).replace(/[\r\n]+/g, ' ');
const LINES = { visit: 'visit %s took %d ms', error: 'error %s' };

function record(template, ...values) {
  return util.format(template, ...values); // flaw: format-string
}

class Audit {
  constructor(stream) {
    this.stream = stream;
  }

  write(user, detail) {
    this.stream.write(util.format('%s: %s\n', JSON.stringify(user), JSON.stringify(detail))); // fine: format-string
  }
}

const audit = new Audit(process.stderr);

router.post('/notify', (req, res) => {
  const account = req.session.account;
  const text = util.format(req.body.pattern, account); // flaw: format-string
  res.json({ text });
});

router.post('/notify/v2', (req, res) => {
  const text = util.format('%s, your order %d is ready', String(req.body.name), Number(req.body.order)); // fine: format-string
  res.json({ text });
});

router.get('/visit', (req, res) => {
  const name = req.query.line === 'error' ? 'error' : 'visit';
  res.json({ line: util.format(LINES[name], Number(req.query.id), 12) }); // fine: format-string
});

router.post('/label', (req, res) => {
  const prefix = req.body.prefix || '';
  const pattern = prefix + ' %s';
  res.json({ label: record(pattern, req.session.account.name, req.session.account) });
});

router.post('/trace', (req, res) => {
  let message = 'trace from ' + oneLine(req.body.origin);
  if (req.body.note) {
    message = `${message} (${oneLine(req.body.note)})`;
  }
  console.log(message, req.headers); // flaw: format-string
  audit.write(req.session.account.id, 'trace');
  res.status(204).end();
});

router.post('/trace/v2', (req, res) => {
  const note = oneLine(req.body.note);
  console.log('trace %s', note, Object.keys(req.headers).length); // fine: format-string
  res.status(204).end();
});

router.post('/summary', (req, res) => {
  const pieces = [];
  for (const item of req.body.items || []) {
    pieces.push(item.title);
  }
  const layout = pieces.join(' - ');
  const summary = util.formatWithOptions({ depth: 4 }, layout, req.app.locals); // flaw: format-string
  res.json({ summary });
});

module.exports = router;
