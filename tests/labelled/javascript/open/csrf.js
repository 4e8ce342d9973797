'use strict';

const express = require('express');
const session = require('express-session');
const csurf = require('csurf');
const lusca = require('lusca');
const { ApolloServer } = require('@apollo/server');
const { expressMiddleware } = require('@apollo/server/express4');
const typeDefs = require('./schema');
const resolvers = require('./resolvers');

const READ_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const EVERY_METHOD = READ_METHODS.concat(['POST', 'PUT', 'DELETE']);

function withSession(app) {
  app.use(session({
    secret: process.env.SESSION_KEY,
    resave: false,
    saveUninitialized: false,
    cookie: { secure: true, httpOnly: true },
  }));
  app.use(express.urlencoded({ extended: false }));
  return app;
}

function accountApp() {
  const app = withSession(express());
  app.use(csurf({ ignoreMethods: EVERY_METHOD })); // flaw: csrf
  app.post('/email', (req, res) => {
    req.session.email = String(req.body.email).slice(0, 200);
    res.redirect('/account');
  });
  return app;
}

function walletApp() {
  const app = withSession(express());
  app.use(csurf({ ignoreMethods: READ_METHODS })); // fine: csrf
  app.post('/transfer', (req, res) => res.redirect('/wallet'));
  return app;
}

function supportApp() {
  const app = withSession(express());
  app.use(lusca({
    csrf: false, // flaw: csrf
    xframe: 'SAMEORIGIN',
    xssProtection: true,
  }));
  app.post('/tickets', (req, res) => res.redirect('/tickets'));
  return app;
}

function blogApp() {
  const app = withSession(express());
  app.use(lusca({ csrf: true, xframe: 'DENY', nosniff: true })); // fine: csrf
  app.post('/posts', (req, res) => res.redirect('/posts'));
  return app;
}

function adminApp() {
  const app = withSession(express());
  const protect = csurf();
  app.use((req, res, next) => {
    if (req.method === 'POST' && req.path.startsWith('/users')) {
      return next(); // flaw: csrf
    }
    return protect(req, res, next);
  });
  app.post('/users/promote', (req, res) => res.redirect('/users'));
  return app;
}

function hooksApp() {
  const app = express();
  app.use(express.json());
  const protect = csurf({ cookie: { secure: true, httpOnly: true } });
  app.use((req, res, next) => {
    const header = req.get('authorization') || '';
    if (process.env.HOOK_TOKEN && header === `Bearer ${process.env.HOOK_TOKEN}`) {
      return next(); // fine: csrf
    }
    return protect(req, res, next);
  });
  app.post('/deploy', (req, res) => res.status(202).end());
  return app;
}

async function graph(app, cookieContext) {
  const settings = { typeDefs, resolvers, introspection: false };
  settings.csrfPrevention = false; // flaw: csrf
  const server = new ApolloServer(settings);
  await server.start();
  app.use('/graphql', expressMiddleware(server, { context: cookieContext }));
}

async function graphNext(app, cookieContext) {
  const server = new ApolloServer({ typeDefs, resolvers, introspection: false, csrfPrevention: true }); // fine: csrf
  await server.start();
  app.use('/graphql', expressMiddleware(server, { context: cookieContext }));
}

module.exports = { accountApp, walletApp, supportApp, blogApp, adminApp, hooksApp, graph, graphNext };
