'use strict';

const ldap = require('ldapjs');
const express = require('express');

const BASE = 'ou=people,dc=example,dc=org';
const DEPARTMENTS = ['sales', 'support', 'engineering'];

const directory = ldap.createClient({ url: process.env.LDAP_URL });
const router = express.Router();

function escapeFilterValue(text) {
  return String(text).replace(/[\\*()\0]/g, (c) => '\\' + c.charCodeAt(0).toString(16).padStart(2, '0'));
}

function collect(result, res) {
  const entries = [];
  result.on('searchEntry', (entry) => entries.push(entry.pojo));
  result.on('error', () => res.status(502).end());
  result.on('end', () => res.json(entries));
}

function lookup(filter, attributes, res) {
  const options = { scope: 'sub', filter, attributes };
  directory.search(BASE, options, (err, result) => { // flaw: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
}

router.get('/user', (req, res) => {
  directory.search(BASE, { scope: 'sub', filter: `(uid=${req.query.uid})` }, (err, result) => { // flaw: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
});

router.get('/mail', (req, res) => {
  const mail = escapeFilterValue(req.query.mail);
  directory.search(BASE, { scope: 'sub', filter: `(&(objectClass=person)(mail=${mail}))` }, (err, result) => { // fine: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
});

router.get('/phonebook', (req, res) => {
  const clauses = ['(objectClass=person)'];
  if (req.query.surname) {
    clauses.push('(sn=' + req.query.surname + '*)');
  }
  if (req.query.city) {
    clauses.push('(l=' + req.query.city + ')');
  }
  lookup('(&' + clauses.join('') + ')', ['cn', 'telephoneNumber'], res);
});

router.get('/department', (req, res) => {
  const unit = req.query.unit;
  if (!DEPARTMENTS.includes(unit)) {
    res.status(404).end();
    return;
  }
  directory.search(`ou=${unit},${BASE}`, { scope: 'one' }, (err, result) => { // fine: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
});

router.get('/badge', (req, res) => {
  const filter = new ldap.EqualityFilter({ attribute: 'employeeNumber', value: String(req.query.badge) });
  directory.search(BASE, { scope: 'sub', filter }, (err, result) => { // fine: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
});

router.post('/groups', (req, res) => {
  const group = req.body.group;
  const dn = 'cn=' + group + ',ou=groups,dc=example,dc=org';
  directory.search(dn, { scope: 'base', attributes: ['member'] }, (err, result) => { // flaw: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
});

router.post('/login/start', (req, res) => {
  let filter = '(&(uid=%u)(accountStatus=active))';
  filter = filter.replace('%u', req.body.username);
  const opts = { scope: 'sub' };
  opts.filter = filter;
  directory.search(BASE, opts, (err, result) => { // flaw: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    result.once('searchEntry', (entry) => {
      req.session.dn = entry.objectName.toString();
      res.status(204).end();
    });
  });
});

router.get('/floor', (req, res) => {
  const floor = parseInt(req.query.floor, 10) || 0;
  const filter = '(roomNumber=' + floor + '-*)';
  directory.search(BASE, { scope: 'sub', filter }, (err, result) => { // fine: ldap-injection
    if (err) {
      res.status(502).end();
      return;
    }
    collect(result, res);
  });
});

module.exports = router;
