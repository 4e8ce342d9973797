'use strict';

const vm = require('vm');
const express = require('express');
const { evaluate } = require('mathjs/number');

const router = express.Router();
router.use(express.json());

const OPERATIONS = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  max: (values) => Math.max(...values),
};
const COMPARE = { lt: '<', gt: '>', eq: '===' };

class RuleEngine {
  constructor() {
    this.rules = [];
  }

  add(expression) {
    this.rules.push(expression);
  }

  run(record) {
    return this.rules.every((rule) => {
      const check = new Function('record', 'return ' + rule); // flaw: code-evaluation
      return check(record);
    });
  }
}

router.get('/calc', (req, res) => {
  res.json({ value: eval(req.query.expr) }); // flaw: code-evaluation
});

router.get('/calc/number', (req, res) => {
  const a = Number(req.query.a);
  const b = Number(req.query.b);
  const value = eval(`(${a}) * (${b})`); // fine: code-evaluation
  res.json({ value });
});

router.post('/rules/try', (req, res) => {
  const engine = new RuleEngine();
  for (const rule of req.body.rules || []) {
    engine.add(rule);
  }
  res.json({ matches: engine.run({ age: 30, country: 'SE' }) });
});

router.post('/compare', (req, res) => {
  if (!Object.prototype.hasOwnProperty.call(COMPARE, req.body.op)) {
    res.status(400).end();
    return;
  }
  const test = new Function('x', 'y', 'return x ' + COMPARE[req.body.op] + ' y'); // fine: code-evaluation
  res.json({ result: test(req.body.x, req.body.y) });
});

router.post('/script', (req, res) => {
  const sandbox = { input: req.body.input, output: null };
  const prologue = '"use strict";\n';
  const source = prologue + req.body.source;
  vm.runInNewContext(source, sandbox, { timeout: 500 }); // flaw: code-evaluation
  res.json({ output: sandbox.output });
});

router.post('/aggregate', (req, res) => {
  const name = String(req.body.fn);
  const values = (req.body.values || []).map(Number);
  if (!Object.keys(OPERATIONS).includes(name)) {
    res.status(404).end();
    return;
  }
  res.json({ value: OPERATIONS[name](values) }); // fine: code-evaluation
});

router.get('/column', (req, res) => {
  const field = req.query.field || 'total';
  let code = 'rows.map(function (r) { return r.';
  code += field;
  code += '; })';
  const script = new vm.Script(code); // flaw: code-evaluation
  const rows = [{ total: 4 }, { total: 6 }];
  res.json(script.runInNewContext({ rows }));
});

router.post('/remind', (req, res) => {
  const seconds = Math.min(Number(req.body.seconds) || 1, 60);
  setTimeout(() => router.emit && router.emit('remind', req.body.text), seconds * 1000); // fine: code-evaluation
  res.status(202).end();
});

const UNIT = evaluate('60 * 60 * 24');

router.get('/day', (req, res) => {
  res.json({ seconds: UNIT });
});

module.exports = router;
