'use strict';

const express = require('express');
const ejs = require('ejs');
const Handlebars = require('handlebars');
const nunjucks = require('nunjucks');
const pug = require('pug');
const _ = require('lodash');

const env = nunjucks.configure('views', { autoescape: true });
const GREETINGS = {
  formal: 'Dear {{ name }},',
  casual: 'Hi {{ name }}!',
};

const router = express.Router();
router.use(express.json());

class MailComposer {
  constructor() {
    this.layout = '';
  }

  setLayout(source) {
    this.layout = source;
    return this;
  }

  compose(data) {
    return nunjucks.renderString(this.layout, data); // flaw: template-injection
  }
}

router.post('/preview', (req, res) => {
  const html = ejs.render(req.body.template, { user: req.user }); // flaw: template-injection
  res.json({ html });
});

router.post('/greeting', (req, res) => {
  const source = GREETINGS[req.body.style] || GREETINGS.formal;
  const text = env.renderString(source, { name: req.body.name }); // fine: template-injection
  res.json({ text });
});

router.post('/campaign', (req, res) => {
  const composer = new MailComposer();
  const body = '<h1>' + req.body.title + '</h1><p>{{ user.name }}</p>';
  res.json({ html: composer.setLayout(body).compose({ user: req.user }) });
});

router.get('/badge', (req, res) => {
  const view = pug.compile('p.badge= label'); // fine: template-injection
  res.json({ html: view({ label: req.query.label }) });
});

router.get('/card', (req, res) => {
  const lines = ['.card', '  h2 Member card'];
  for (const field of [].concat(req.query.field || [])) {
    lines.push('  p ' + field);
  }
  const html = pug.render(lines.join('\n'), { user: req.user }); // flaw: template-injection
  res.json({ html });
});

router.post('/footer', (req, res) => {
  const source = '<footer>' + req.body.company + ' <%= year %></footer>';
  const compiled = _.template(source); // flaw: template-injection
  res.json({ html: compiled({ year: new Date().getFullYear() }) });
});

router.post('/receipt', (req, res) => {
  const compiled = Handlebars.compile('<b>{{customer}}</b> paid {{amount}}'); // fine: template-injection
  res.json({ html: compiled({ customer: req.body.customer, amount: Number(req.body.amount) }) });
});

router.get('/help', (req, res, next) => {
  const topic = ['start', 'billing', 'api'].find((t) => t === req.query.topic) || 'start';
  env.render(`help/${topic}.njk`, { term: req.query.term }, (err, html) => { // fine: template-injection
    if (err) {
      next(err);
      return;
    }
    res.type('html').send(html);
  });
});

module.exports = router;
