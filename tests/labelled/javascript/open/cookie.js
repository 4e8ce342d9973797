'use strict';

const express = require('express');
const session = require('express-session');
const cookieSession = require('cookie-session');
const crypto = require('crypto');

const SESSION_COOKIE = { path: '/', maxAge: 3600000 };
const STRICT = { path: '/', maxAge: 3600000, secure: true, httpOnly: true, sameSite: 'strict' };

const app = express();
app.set('trust proxy', 1);

const admin = express();
admin.use(session({
  name: 'admin.sid',
  secret: process.env.ADMIN_SESSION_KEY,
  resave: false,
  saveUninitialized: false,
  cookie: { httpOnly: false, secure: true, sameSite: 'lax' }, // flaw: cookie
}));

app.use(session({
  name: 'sid',
  secret: process.env.SESSION_KEY,
  resave: false,
  saveUninitialized: false,
  cookie: { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 1800000 }, // fine: cookie
}));

const partner = express();
partner.use(cookieSession({
  name: 'partner',
  keys: [process.env.PARTNER_KEY],
  secure: true,
  httpOnly: true,
  sameSite: 'lax', // fine: cookie
}));

function newSessionId() {
  return crypto.randomBytes(24).toString('hex');
}

function rememberSession(res, id, options) {
  res.cookie('session_id', id, options); // flaw: cookie
}

app.post('/login', (req, res) => {
  rememberSession(res, newSessionId(), SESSION_COOKIE);
  res.status(204).end();
});

app.post('/login/v2', (req, res) => {
  res.cookie('session_id', newSessionId(), STRICT); // fine: cookie
  res.status(204).end();
});

app.post('/token', (req, res) => {
  res.cookie('auth_token', newSessionId(), { httpOnly: true, secure: false, sameSite: 'lax' }); // flaw: cookie
  res.status(204).end();
});

app.post('/refresh', (req, res) => {
  const attributes = ['Path=/', 'SameSite=Lax'];
  if (req.query.keep === '1') {
    attributes.push('Max-Age=604800');
  }
  const value = 'refresh_token=' + newSessionId() + '; ' + attributes.join('; ');
  res.setHeader('Set-Cookie', value); // flaw: cookie
  res.status(204).end();
});

app.post('/refresh/v2', (req, res) => {
  const attributes = ['Path=/refresh', 'SameSite=Lax', 'HttpOnly', 'Secure'];
  res.setHeader('Set-Cookie', `refresh_token=${newSessionId()}; ${attributes.join('; ')}`); // fine: cookie
  res.status(204).end();
});

app.post('/theme', (req, res) => {
  const theme = req.query.theme === 'dark' ? 'dark' : 'light';
  res.cookie('theme', theme, { sameSite: 'lax', secure: true, maxAge: 31536000000 }); // fine: cookie
  res.status(204).end();
});

module.exports = { app, admin, partner };
