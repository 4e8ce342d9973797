'use strict';

const express = require('express');
const errorHandler = require('errorhandler');
const inspector = require('inspector');
const { spawn } = require('child_process');
const { ApolloServer } = require('@apollo/server');
const { createLogger } = require('./logging');

const typeDefs = require('./schema');
const resolvers = require('./resolvers');

const log = createLogger('web');
const production = process.env.NODE_ENV === 'production';

function storefront() {
  const app = express();
  app.get('/health', (req, res) => res.json({ up: true }));
  app.use(errorHandler()); // flaw: debug-server
  return app;
}

function backoffice() {
  const app = express();
  app.get('/health', (req, res) => res.json({ up: true }));
  if (process.env.NODE_ENV === 'development') {
    app.use(errorHandler()); // fine: debug-server
  }
  return app;
}

function catalogue() {
  const app = express();
  app.use((err, req, res, next) => {
    const body = { message: err.message };
    body.trace = err.stack;
    res.status(500).json(body); // flaw: debug-server
  });
  return app;
}

function checkout() {
  const app = express();
  app.use((err, req, res, next) => {
    log.error(err.stack); // fine: debug-server
    res.status(500).json({ message: 'Internal error' });
  });
  return app;
}

function startWorker() {
  const args = ['worker.js'];
  args.unshift('--inspect=0.0.0.0:9229');
  return spawn(process.execPath, args, { stdio: 'inherit' }); // flaw: debug-server
}

function startReporter() {
  return spawn(process.execPath, ['--max-old-space-size=512', 'reporter.js'], { stdio: 'inherit' }); // fine: debug-server
}

function attachProfiler(port) {
  inspector.open(port, '0.0.0.0'); // flaw: debug-server
  return inspector.url();
}

function attachLocalProfiler(port) {
  if (production) {
    return null;
  }
  inspector.open(port, '127.0.0.1'); // fine: debug-server
  return inspector.url();
}

function graph() {
  return new ApolloServer({
    typeDefs,
    resolvers,
    includeStacktraceInErrorResponses: true, // flaw: debug-server
    introspection: !production, // fine: debug-server
  });
}

module.exports = { storefront, backoffice, catalogue, checkout, startWorker, startReporter, attachProfiler, attachLocalProfiler, graph };
