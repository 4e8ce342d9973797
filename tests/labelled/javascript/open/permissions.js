'use strict';

const fs = require('fs');
const fsp = require('fs/promises');
const path = require('path');

const STATE_DIR = '/var/lib/agent';
const OPEN_TO_ALL = 0o777;
const PRIVATE = 0o600;

class StateStore {
  constructor(dir, mode) {
    this.dir = dir;
    this.mode = mode;
  }

  save(name, data) {
    const file = path.join(this.dir, name);
    fs.writeFileSync(file, JSON.stringify(data));
    fs.chmodSync(file, this.mode); // flaw: permissions
  }
}

function prepare() {
  fs.mkdirSync(STATE_DIR, { recursive: true, mode: 0o750 }); // fine: permissions
  return new StateStore(STATE_DIR, OPEN_TO_ALL);
}

function writeToken(token) {
  const file = path.join(STATE_DIR, 'token');
  fs.writeFileSync(file, token, { mode: PRIVATE }); // fine: permissions
}

function installPlugin(source) {
  const target = path.join(STATE_DIR, 'plugins', path.basename(source));
  fs.copyFileSync(source, target);
  fs.chmodSync(target, 0o777); // flaw: permissions
}

function installHelper(source) {
  const target = path.join(STATE_DIR, 'bin', path.basename(source));
  fs.copyFileSync(source, target);
  fs.chmodSync(target, 0o755); // fine: permissions
}

async function openJournal() {
  const previous = process.umask(0); // flaw: permissions
  try {
    return await fsp.open(path.join(STATE_DIR, 'journal.log'), 'a');
  } finally {
    process.umask(previous);
  }
}

async function openAudit() {
  const previous = process.umask(0o077); // fine: permissions
  try {
    return await fsp.open(path.join(STATE_DIR, 'audit.log'), 'a', 0o600);
  } finally {
    process.umask(previous);
  }
}

async function publish(names) {
  const options = { mode: 0o644 };
  for (const name of names) {
    const file = path.join(STATE_DIR, 'www', path.basename(name));
    await fsp.writeFile(file, '', options); // fine: permissions
  }
}

async function share(names) {
  let mode = 0o660;
  if (process.env.AGENT_GROUPLESS) {
    mode |= 0o006;
  }
  for (const name of names) {
    const file = path.join(STATE_DIR, 'shared', path.basename(name));
    await fsp.chmod(file, mode); // flaw: permissions
  }
}

module.exports = { prepare, writeToken, installPlugin, installHelper, openJournal, openAudit, publish, share };
