'use strict';

const fs = require('fs');
const path = require('path');
const express = require('express');

const UPLOADS = path.resolve('/srv/uploads');
const REPORTS = path.resolve('/srv/reports');
const LOCALES = ['en', 'fr', 'de'];

const app = express();
app.use(express.json());

class AttachmentStore {
  constructor(root) {
    this.root = root;
  }

  locate(name) {
    return path.join(this.root, name);
  }

  remove(name) {
    const target = this.locate(name);
    fs.unlinkSync(target); // flaw: path-traversal
  }

  open(name) {
    const target = path.resolve(this.root, name);
    if (!target.startsWith(this.root + path.sep)) {
      throw new Error('outside');
    }
    return fs.createReadStream(target); // fine: path-traversal
  }
}

const store = new AttachmentStore(UPLOADS);

app.get('/files', (req, res) => {
  const data = fs.readFileSync('/srv/uploads/' + req.query.name); // flaw: path-traversal
  res.type('application/octet-stream').send(data);
});

app.get('/avatars/:user', (req, res) => {
  const base = path.basename(String(req.query.file || 'default.png'));
  fs.createReadStream(path.join(UPLOADS, 'avatars', base)) // fine: path-traversal
    .on('error', () => res.status(404).end())
    .pipe(res.type('png'));
});

app.delete('/attachments', (req, res) => {
  store.remove(req.body.name);
  res.status(204).end();
});

app.get('/attachments', (req, res) => {
  try {
    store.open(String(req.query.name)).on('error', () => res.status(404).end()).pipe(res.type('bin'));
  } catch (e) {
    res.status(400).end();
  }
});

app.get('/report', (req, res) => {
  const year = req.query.year;
  const kind = req.query.kind || 'summary';
  const segments = [REPORTS, year];
  if (kind !== 'summary') {
    segments.push('details');
  }
  segments.push(kind + '.pdf');
  res.sendFile(path.resolve(...segments)); // flaw: path-traversal
});

app.get('/report/static', (req, res) => {
  res.sendFile(String(req.query.doc), { root: REPORTS }); // fine: path-traversal
});

app.get('/messages', (req, res) => {
  let lang = req.query.lang;
  if (LOCALES.indexOf(lang) === -1) {
    lang = 'en';
  }
  const text = fs.readFileSync(`/srv/locales/${lang}.json`, 'utf8'); // fine: path-traversal
  res.json(JSON.parse(text));
});

app.put('/notes/:id', (req, res) => {
  const folder = req.body.folder || 'inbox';
  const file = `${folder}/${Number(req.params.id)}.txt`;
  const destination = path.normalize(path.join('/srv/notes', file));
  fs.writeFile(destination, String(req.body.text), (err) => { // flaw: path-traversal
    res.status(err ? 500 : 204).end();
  });
});

app.get('/invoice/:number', (req, res) => {
  const number = parseInt(req.params.number, 10);
  res.download(path.join(REPORTS, 'invoices', `${number}.pdf`)); // fine: path-traversal
});

module.exports = app;
