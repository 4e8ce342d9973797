'use strict';

const https = require('https');
const tls = require('tls');
const fs = require('fs');
const axios = require('axios');

const credentials = {
  key: fs.readFileSync('/etc/ssl/private/api.key'),
  cert: fs.readFileSync('/etc/ssl/certs/api.pem'),
};
const PARTNER_PROTOCOL = 'TLSv1_method';

function startPublic(handler) {
  return https.createServer({ ...credentials, minVersion: 'TLSv1.2' }, handler); // fine: tls-version
}

function startLegacy(handler) {
  return https.createServer({ ...credentials, minVersion: 'TLSv1' }, handler); // flaw: tls-version
}

function startTerminal(onSocket) {
  const options = Object.assign({}, credentials);
  options.requestCert = true;
  options.ca = fs.readFileSync('/etc/ssl/terminals-ca.pem');
  options.minVersion = 'TLSv1.1'; // flaw: tls-version
  return tls.createServer(options, onSocket);
}

function startModern(onSocket) {
  const options = Object.assign({ honorCipherOrder: true }, credentials);
  options.minVersion = 'TLSv1.3'; // fine: tls-version
  return tls.createServer(options, onSocket);
}

function partnerAgent() {
  return new https.Agent({
    keepAlive: true,
    secureProtocol: PARTNER_PROTOCOL, // flaw: tls-version
  });
}

function bankAgent() {
  return new https.Agent({
    keepAlive: true,
    secureProtocol: 'TLSv1_2_method', // fine: tls-version
  });
}

function contextFor(profile) {
  const settings = { ...credentials };
  switch (profile) {
    case 'kiosk':
      settings.maxVersion = 'TLSv1.1'; // flaw: tls-version
      settings.minVersion = 'TLSv1.1'; // flaw: tls-version
      break;
    default:
      settings.minVersion = 'TLSv1.2'; // fine: tls-version
      break;
  }
  return tls.createSecureContext(settings);
}

async function pushToPartner(body) {
  const { status } = await axios.post('https://partner.example.com/in', body, { httpsAgent: partnerAgent() });
  return status;
}

async function pushToBank(body) {
  const { status } = await axios.post('https://bank.example.com/in', body, { httpsAgent: bankAgent() });
  return status;
}

module.exports = { startPublic, startLegacy, startTerminal, startModern, contextFor, pushToPartner, pushToBank };
