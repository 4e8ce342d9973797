'use strict';

const https = require('https');
const tls = require('tls');
const fs = require('fs');
const axios = require('axios');
const { Client } = require('pg');
const nodemailer = require('nodemailer');

const INTERNAL_CA = fs.readFileSync('/etc/ssl/internal-ca.pem');
const SHARED = { keepAlive: true, rejectUnauthorized: false }; // flaw: tls-verification

const agent = new https.Agent(SHARED);
const pinnedAgent = new https.Agent({ keepAlive: true, ca: INTERNAL_CA, rejectUnauthorized: true }); // fine: tls-verification

async function fetchLedger(id) {
  const { data } = await axios.get(`https://ledger.internal/entries/${Number(id)}`, { httpsAgent: agent });
  return data;
}

async function fetchBalance(id) {
  const { data } = await axios.get(`https://ledger.internal/balance/${Number(id)}`, { httpsAgent: pinnedAgent });
  return data;
}

function postMetrics(payload) {
  return new Promise((resolve, reject) => {
    const req = https.request({
      hostname: 'metrics.example.com',
      method: 'POST',
      path: '/v1/push',
      rejectUnauthorized: false, // flaw: tls-verification
    }, (res) => resolve(res.statusCode));
    req.on('error', reject);
    req.end(JSON.stringify(payload));
  });
}

function openChannel(host) {
  const options = { host, port: 8443, ca: INTERNAL_CA };
  options.checkServerIdentity = () => undefined; // flaw: tls-verification
  return tls.connect(options);
}

function openPinnedChannel(host, fingerprint) {
  return tls.connect({
    host,
    port: 8443,
    checkServerIdentity(name, cert) { // fine: tls-verification
      const err = tls.checkServerIdentity(name, cert);
      if (err) {
        return err;
      }
      return cert.fingerprint256 === fingerprint ? undefined : new Error('fingerprint mismatch');
    },
  });
}

async function connectDatabase(url) {
  const client = new Client({ connectionString: url, ssl: { ca: INTERNAL_CA.toString() } }); // fine: tls-verification
  await client.connect();
  return client;
}

function mailer(host) {
  return nodemailer.createTransport({ host, port: 587, requireTLS: true, tls: { servername: host } }); // fine: tls-verification
}

function runImport(job) {
  const previous = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // flaw: tls-verification
  return job().finally(() => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = previous;
  });
}

module.exports = { fetchLedger, fetchBalance, postMetrics, openChannel, openPinnedChannel, connectDatabase, mailer, runImport };
