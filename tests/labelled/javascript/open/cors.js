'use strict';

const express = require('express');
const cors = require('cors');

const ORIGINS = ['https://app.example.com', 'https://admin.example.com'];
const PUBLIC_OPTIONS = { origin: '*', methods: ['GET'] };

const app = express();
const accounts = express.Router();
const profile = express.Router();
const partners = express.Router();
const fonts = express.Router();
const billing = express.Router();

function allow(res, origin) {
  res.setHeader('Access-Control-Allow-Origin', origin); // flaw: cors
  res.setHeader('Access-Control-Allow-Credentials', 'true');
}

accounts.use(cors({ origin: true, credentials: true })); // flaw: cors
accounts.get('/', (req, res) => res.json(req.session.accounts));

profile.use(cors({ origin: ORIGINS, credentials: true })); // fine: cors
profile.get('/', (req, res) => res.json(req.session.profile));

fonts.use(cors(PUBLIC_OPTIONS)); // fine: cors
fonts.get('/list', (req, res) => res.json(['inter', 'lora']));

partners.use((req, res, next) => {
  const origin = req.headers.origin;
  if (origin) {
    allow(res, origin);
  }
  next();
});
partners.get('/me', (req, res) => res.json(req.session.partner));

billing.use(cors({
  credentials: true,
  origin(origin, done) { // fine: cors
    if (!origin || ORIGINS.includes(origin)) {
      done(null, true);
      return;
    }
    done(new Error('origin not allowed'));
  },
}));
billing.get('/invoices', (req, res) => res.json(req.session.invoices));

app.options('/orders', (req, res) => {
  const origin = String(req.headers.origin || '');
  if (origin.endsWith('example.com')) {
    res.set('Access-Control-Allow-Origin', origin); // flaw: cors
    res.set('Access-Control-Allow-Credentials', 'true');
  }
  res.status(204).end();
});

app.use('/messages', cors({
  credentials: true,
  origin: (origin, done) => done(null, origin || ORIGINS[0]), // flaw: cors
}));

app.use('/help', (req, res, next) => {
  const origin = ORIGINS.find((o) => o === req.headers.origin);
  if (origin) {
    res.set('Access-Control-Allow-Origin', origin); // fine: cors
    res.set('Access-Control-Allow-Credentials', 'true');
    res.set('Vary', 'Origin');
  }
  next();
});

app.use('/accounts', accounts);
app.use('/profile', profile);
app.use('/partners', partners);
app.use('/fonts', fonts);
app.use('/billing', billing);

module.exports = app;
