'use strict';

const express = require('express');
const escapeHtml = require('escape-html');
const createDOMPurify = require('dompurify');
const { JSDOM } = require('jsdom');

const purifier = createDOMPurify(new JSDOM('').window);
const app = express();
app.use(express.urlencoded({ extended: false }));

const THEMES = ['light', 'dark'];
const comments = [];

function layout(title, body) {
  return '<!doctype html><html><head><title>' + title + '</title></head><body>' + body + '</body></html>';
}

class Page {
  constructor() {
    this.chunks = [];
  }

  add(chunk) {
    this.chunks.push(chunk);
    return this;
  }

  sendTo(res) {
    res.type('html').send(layout('Shop', this.chunks.join(''))); // flaw: xss
  }
}

app.get('/hello', (req, res) => {
  res.send('<h1>Hello ' + req.query.name + '</h1>'); // flaw: xss
});

app.get('/hello/v2', (req, res) => {
  res.send('<h1>Hello ' + escapeHtml(String(req.query.name)) + '</h1>'); // fine: xss
});

app.get('/search', (req, res) => {
  const page = new Page();
  page.add('<form><input name="q"></form>');
  if (req.query.q) {
    page.add(`<p>No results for ${req.query.q}</p>`);
  }
  page.sendTo(res);
});

app.get('/search.json', (req, res) => {
  res.json({ term: req.query.q, results: [] }); // fine: xss
});

app.post('/comments', (req, res) => {
  comments.push({ author: req.body.author, text: req.body.text });
  res.redirect('/comments');
});

app.get('/comments', (req, res) => {
  let list = '<ul>';
  for (const comment of comments) {
    list += '<li><b>' + escapeHtml(comment.author) + '</b> ' + comment.text + '</li>';
  }
  list += '</ul>';
  res.send(layout('Comments', list)); // flaw: xss
});

app.get('/comments/rich', (req, res) => {
  const items = comments.map((c) => `<li>${purifier.sanitize(c.text)}</li>`);
  res.send(layout('Comments', `<ul>${items.join('')}</ul>`)); // fine: xss
});

app.get('/theme', (req, res) => {
  const theme = THEMES.includes(req.query.theme) ? req.query.theme : 'light';
  res.send(`<body class="${theme}">ok</body>`); // fine: xss
});

app.get('/echo', (req, res) => {
  res.set('Content-Type', 'text/plain; charset=utf-8');
  res.set('X-Content-Type-Options', 'nosniff');
  res.send('You sent: ' + req.query.text); // fine: xss
});

app.get('/widget', (req, res) => {
  const settings = { tab: req.query.tab || 'home' };
  res.writeHead(200, { 'Content-Type': 'text/html' });
  res.write('<div id="w"></div>');
  res.write('<script>window.settings = ' + JSON.stringify(settings) + ';</script>'); // flaw: xss
  res.end();
});

module.exports = app;
