'use strict';

const express = require('express');
const winston = require('winston');
const fs = require('fs');
const pino = require('pino')();

const AUDIT = '/var/log/shop/audit.log';
const ACTIONS = ['view', 'edit', 'remove'];

const logger = winston.createLogger({
  format: winston.format.printf((info) => `${info.level} ${info.message}`),
  transports: [new winston.transports.File({ filename: '/var/log/shop/app.log' })],
});

const app = express();
app.use(express.json());

function audit(actor, action) {
  const line = `${new Date().toISOString()} ${actor} ${action}\n`;
  fs.appendFileSync(AUDIT, line); // flaw: log-injection
}

function oneLine(value) {
  return String(value).replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '_');
}

app.post('/login', (req, res) => {
  logger.info('login attempt for ' + req.body.user); // flaw: log-injection
  res.status(204).end();
});

app.post('/logout', (req, res) => {
  logger.info('logout for ' + oneLine(req.body.user)); // fine: log-injection
  res.status(204).end();
});

app.post('/documents/:id', (req, res) => {
  audit(req.body.editor, 'edit');
  res.status(204).end();
});

app.get('/search', (req, res) => {
  const term = req.query.term;
  let message = 'search';
  if (term) {
    message = message + ` term=${term}`;
  }
  message += ` ip=${req.socket.remoteAddress}`;
  console.log(message); // flaw: log-injection
  res.json([]);
});

app.get('/search/v2', (req, res) => {
  pino.info({ term: req.query.term }, 'search'); // fine: log-injection
  res.json([]);
});

app.get('/orders', (req, res) => {
  const page = Number.parseInt(req.query.page, 10) || 1;
  logger.info(`orders page=${page}`); // fine: log-injection
  res.json([]);
});

app.post('/action', (req, res) => {
  const { action } = req.body;
  if (!ACTIONS.includes(action)) {
    logger.warn('unknown action ' + JSON.stringify(String(action))); // fine: log-injection
    res.status(400).end();
    return;
  }
  logger.info(`action ${action}`); // fine: log-injection
  res.status(204).end();
});

app.post('/client-errors', (req, res) => {
  const fields = [];
  for (const key of ['page', 'message', 'agent']) {
    fields.push(`${key}=${req.body[key]}`);
  }
  logger.error(fields.join(' ')); // flaw: log-injection
  res.status(204).end();
});

module.exports = app;
