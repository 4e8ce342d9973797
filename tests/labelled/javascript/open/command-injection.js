'use strict';

const express = require('express');
const path = require('path');
const { exec, execFile, execSync, spawn } = require('child_process');

const router = express.Router();
const MEDIA_ROOT = '/srv/media';
const FORMATS = new Set(['png', 'webp', 'jpeg']);

function runShell(line, done) {
  exec(line, { timeout: 10000, maxBuffer: 4 * 1024 * 1024 }, (err, stdout) => { // flaw: command-injection
    if (err) {
      return done(err);
    }
    return done(null, stdout.trim());
  });
}

function sendOutput(res) {
  return (err, out) => {
    if (err) {
      res.status(500).json({ error: 'tool failed' });
      return;
    }
    res.json({ out });
  };
}

router.get('/ping', (req, res) => {
  exec('ping -c 2 ' + req.query.host, sendOutput(res)); // flaw: command-injection
});

router.get('/resolve', (req, res) => {
  const name = String(req.query.name || '');
  if (!/^[a-z0-9][a-z0-9.-]{0,200}$/i.test(name)) {
    res.status(400).json({ error: 'name' });
    return;
  }
  exec(`host -t A ${name}`, sendOutput(res)); // fine: command-injection
});

router.post('/thumbnail', (req, res) => {
  const parts = ['convert', path.join(MEDIA_ROOT, 'original.tiff')];
  if (req.body.width) {
    parts.push('-resize', `${req.body.width}x`);
  }
  if (req.body.gray) {
    parts.push('-colorspace', 'Gray');
  }
  parts.push(path.join(MEDIA_ROOT, 'thumb.png'));
  const line = parts.join(' ');
  try {
    execSync(line, { cwd: MEDIA_ROOT }); // flaw: command-injection
  } catch (e) {
    res.status(500).json({ error: 'convert' });
    return;
  }
  res.json({ ok: true });
});

router.post('/rotate', (req, res) => {
  const angle = Number.parseInt(req.body.angle, 10);
  if (!Number.isInteger(angle)) {
    res.status(400).end();
    return;
  }
  const line = `convert ${MEDIA_ROOT}/original.tiff -rotate ${angle} ${MEDIA_ROOT}/rotated.png`;
  execSync(line); // fine: command-injection
  res.json({ angle });
});

router.post('/export', (req, res) => {
  const format = req.body.format;
  if (!FORMATS.has(format)) {
    res.status(422).json({ error: 'format' });
    return;
  }
  exec(`convert original.tiff out.${format}`, { cwd: MEDIA_ROOT }, sendOutput(res)); // fine: command-injection
});

router.get('/repo/log', (req, res) => {
  const author = req.query.author;
  const args = ['log', '--oneline', '-n', '20'];
  if (author) {
    args.push(`--author=${author}`);
  }
  execFile('git', args, { cwd: '/srv/repo' }, sendOutput(res)); // fine: command-injection
});

router.get('/repo/search', (req, res) => {
  const child = spawn('git grep -n "' + req.query.q + '"', { cwd: '/srv/repo', shell: true }); // flaw: command-injection
  res.type('text/plain');
  child.stdout.pipe(res);
});

router.get('/disk', (req, res) => {
  const mount = req.query.mount || '/srv';
  runShell(`df -h "${mount}"`, sendOutput(res));
});

module.exports = router;
