import Fastify from 'fastify';
import Koa from 'koa';
import Hapi from '@hapi/hapi';
import { WebSocketServer } from 'ws';
import { Server as SocketServer } from 'socket.io';
import grpc from '@grpc/grpc-js';
import http2 from 'node:http2';
import net from 'node:net';
import { networkInterfaces } from 'node:os';

const DEFAULTS = { host: '0.0.0.0', port: 6000 };
const WILDCARDS = ['0.0.0.0', '::']; // fine: bind-all

export async function startApi() {
  const app = Fastify();
  app.get('/ready', async () => ({ ready: true }));
  await app.listen({ host: '0.0.0.0', port: 3000 }); // flaw: bind-all
  return app;
}

export async function startAgentApi() {
  const app = Fastify();
  app.get('/ready', async () => ({ ready: true }));
  await app.listen({ host: '127.0.0.1', port: 3010 }); // fine: bind-all
  return app;
}

export async function startOffice(overrides) {
  const settings = { ...DEFAULTS, port: Number(overrides.port) || DEFAULTS.port };
  const server = Hapi.server(settings); // flaw: bind-all
  await server.start();
  return server;
}

export async function startBackstage(overrides) {
  const settings = { ...DEFAULTS, port: Number(overrides.port) || DEFAULTS.port };
  settings.host = 'localhost';
  const server = Hapi.server(settings); // fine: bind-all
  await server.start();
  return server;
}

export function startFeed() {
  return new WebSocketServer({ host: '::', port: 8090 }); // flaw: bind-all
}

export function startDebugFeed() {
  return new WebSocketServer({ host: '::1', port: 8091 }); // fine: bind-all
}

export class RpcServer {
  constructor(service, implementation) {
    this.server = new grpc.Server();
    this.server.addService(service, implementation);
    this.bindAddress = '0.0.0.0:50051';
  }

  start(credentials, done) {
    this.server.bindAsync(this.bindAddress, credentials, done); // flaw: bind-all
  }

  startLocal(credentials, done) {
    this.server.bindAsync('127.0.0.1:50052', credentials, done); // fine: bind-all
  }
}

export function startSite(port) {
  const app = new Koa();
  let host = '127.0.0.1';
  if (process.platform === 'linux') {
    host = [0, 0, 0, 0].join('.');
  }
  return app.listen(port, host); // flaw: bind-all
}

export function startLobby(port) {
  const server = http2.createServer();
  const io = new SocketServer(server);
  server.listen({ port, host: 'localhost', ipv6Only: true }); // fine: bind-all
  return io;
}

export function checkAddress(address) {
  if (WILDCARDS.includes(address) || !net.isIP(address)) {
    throw new Error('a concrete address is required');
  }
  return Object.values(networkInterfaces()).flat().some((i) => i.address === address);
}
