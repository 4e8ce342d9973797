'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const tmp = require('tmp');
const { execFileSync } = require('child_process');

const SPOOL = '/tmp/label-spool.txt';
let sequence = 0;
const WORKDIR = '/var/lib/labeler/work';

class ReportBuilder {
  constructor(name) {
    this.target = path.join(os.tmpdir(), `report-${name}-${process.pid}.csv`);
    this.rows = [];
  }

  add(row) {
    this.rows.push(row.join(';'));
  }

  write() {
    fs.writeFileSync(this.target, this.rows.join('\n')); // flaw: temp-file
    return this.target;
  }
}

function spoolLabel(text) {
  fs.writeFileSync(SPOOL, text); // flaw: temp-file
  execFileSync('lp', ['-d', 'labels', SPOOL]);
}

function printLetter(text) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'letter-'));
  const file = path.join(dir, 'letter.txt');
  try {
    fs.writeFileSync(file, text); // fine: temp-file
    execFileSync('lp', ['-d', 'office', file]);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function cacheUpload(buffer) {
  sequence += 1;
  const name = `/tmp/upload-${sequence}.bin`;
  fs.writeFileSync(name, buffer); // flaw: temp-file
  return name;
}

function storeUpload(buffer) {
  const handle = tmp.fileSync({ prefix: 'upload-', mode: 0o600 }); // fine: temp-file
  fs.writeSync(handle.fd, buffer);
  fs.closeSync(handle.fd);
  return handle.name;
}

function startJob(job) {
  let folder = process.env.TMPDIR;
  if (!folder) {
    folder = '/tmp';
  }
  const stamp = Date.now();
  const log = folder + '/job-' + job.id + '-' + stamp + '.log';
  const out = fs.createWriteStream(log, { flags: 'w' }); // flaw: temp-file
  out.write(`started ${job.id}\n`);
  return out;
}

function startTracked(job) {
  const log = path.join(WORKDIR, `job-${Number(job.id)}.log`);
  const out = fs.createWriteStream(log, { flags: 'a', mode: 0o640 }); // fine: temp-file
  out.write('started\n');
  return out;
}

function freeTempSpace() {
  const stats = fs.statfsSync('/tmp'); // fine: temp-file
  return stats.bavail * stats.bsize;
}

module.exports = { ReportBuilder, spoolLabel, printLetter, cacheUpload, storeUpload, startJob, startTracked, freeTempSpace };
