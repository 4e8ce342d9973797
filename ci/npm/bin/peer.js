#!/usr/bin/env node
// Starts the program that this package brings, with the same words, streams, signals and exit code.
'use strict';
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { join } = require('node:path');

const child = spawn(join(__dirname, '..', 'native', 'bin', 'peer'), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`peer: the program of this package cannot be started here (${error.code}): it is for ${require('../package.json').cpu} Linux`);
  process.exit(2);
});
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
