'use strict';

const mysql = require('mysql2/promise');
const { Client } = require('pg');
const nodemailer = require('nodemailer');
const Redis = require('ioredis');

const PASSWORD_FIELD = 'password'; // fine: hard-coded-password
const PASSWORD_PROMPT = 'Enter your new password'; // fine: hard-coded-password
const FALLBACK = {
  host: 'reports-db.internal',
  user: 'reporter',
  password: 'Wint3r-Rep0rts!', // flaw: hard-coded-password
};

function loadSettings(env) {
  const settings = { host: env.DB_HOST, user: env.DB_USER };
  settings.password = env.DB_PASSWORD || ''; // fine: hard-coded-password
  return settings;
}

async function ordersPool() {
  return mysql.createPool({
    host: 'orders-db.internal',
    user: 'orders',
    password: 'oRd3rs#2021', // flaw: hard-coded-password
    database: 'orders',
  });
}

async function billingPool() {
  const settings = loadSettings(process.env);
  return mysql.createPool({ ...settings, database: 'billing' });
}

async function reportClient() {
  const client = new Client({ ...FALLBACK, database: 'reports' });
  await client.connect();
  return client;
}

function warehouse() {
  const dsn = 'postgres://loader:Tr4nsf0rm-9@warehouse.internal:5432/dw'; // flaw: hard-coded-password
  return new Client({ connectionString: dsn });
}

function cache() {
  return new Redis({ host: 'cache.internal', password: process.env.REDIS_PASSWORD }); // fine: hard-coded-password
}

function mailer() {
  const auth = { user: 'noreply@example.com' };
  auth.pass = 'mX7-pelican-84'; // flaw: hard-coded-password
  return nodemailer.createTransport({ host: 'smtp.example.com', port: 465, secure: true, auth });
}

function isMaintainer(login, password) {
  if (login !== 'maintainer') {
    return false;
  }
  return password === 'l3t-me-1n-please'; // flaw: hard-coded-password
}

function validate(form) {
  const errors = [];
  if (!form[PASSWORD_FIELD]) {
    errors.push({ field: PASSWORD_FIELD, message: PASSWORD_PROMPT });
  }
  return errors;
}

module.exports = { ordersPool, billingPool, reportClient, warehouse, cache, mailer, isMaintainer, validate };
