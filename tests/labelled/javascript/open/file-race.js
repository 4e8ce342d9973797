'use strict';

const fs = require('fs');
const fsp = require('fs/promises');
const path = require('path');

const SPOOL = '/var/spool/orders';
const LOCK = '/var/spool/orders/.lock';

class OrderSpool {
  constructor(dir) {
    this.dir = dir;
  }

  exists(name) {
    return fs.existsSync(path.join(this.dir, name));
  }

  put(name, data) {
    if (this.exists(name)) {
      throw new Error('already queued');
    }
    fs.writeFileSync(path.join(this.dir, name), data); // flaw: file-race
  }

  putOnce(name, data) {
    fs.writeFileSync(path.join(this.dir, name), data, { flag: 'wx' }); // fine: file-race
  }

  take(name) {
    const fd = fs.openSync(path.join(this.dir, name), 'r');
    try {
      const info = fs.fstatSync(fd);
      if (!info.isFile() || info.size > 1048576) {
        return null;
      }
      return fs.readFileSync(fd, 'utf8'); // fine: file-race
    } finally {
      fs.closeSync(fd);
    }
  }
}

function acquire() {
  if (!fs.existsSync(LOCK)) {
    fs.writeFileSync(LOCK, String(process.pid)); // flaw: file-race
    return true;
  }
  return false;
}

function acquireExclusive() {
  try {
    fs.closeSync(fs.openSync(LOCK, 'wx', 0o600)); // fine: file-race
    return true;
  } catch (e) {
    if (e.code === 'EEXIST') {
      return false;
    }
    throw e;
  }
}

function sendFile(file, out) {
  const info = fs.lstatSync(file);
  if (info.isSymbolicLink()) {
    throw new Error('links are not sent');
  }
  const label = `${path.basename(file)} (${info.size})\n`;
  out.write(label);
  fs.createReadStream(file).pipe(out); // flaw: file-race
}

async function appendOwned(file, line) {
  await fsp.access(file, fs.constants.W_OK);
  const stat = await fsp.stat(file);
  if (stat.uid !== process.getuid()) {
    return false;
  }
  await fsp.appendFile(file, line + '\n'); // flaw: file-race
  return true;
}

async function readOptional(file) {
  try {
    return await fsp.readFile(file, 'utf8'); // fine: file-race
  } catch (e) {
    return e.code === 'ENOENT' ? '' : Promise.reject(e);
  }
}

module.exports = { spool: new OrderSpool(SPOOL), acquire, acquireExclusive, sendFile, appendOwned, readOptional };
