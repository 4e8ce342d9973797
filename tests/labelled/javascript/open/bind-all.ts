import * as http from 'http';
import * as net from 'net';
import * as dgram from 'dgram';
import express from 'express';

const ANY = '0.0.0.0';
const LOOPBACK = '127.0.0.1';

interface Listen {
  host: string;
  port: number;
}

export class AdminConsole {
  private readonly server: http.Server;

  constructor() {
    this.server = http.createServer((req, res) => {
      res.end(JSON.stringify({ uptime: process.uptime() }));
    });
  }

  start(port: number): void {
    this.server.listen(port, ANY, () => undefined); // flaw: bind-all
  }

  startLocal(port: number): void {
    this.server.listen(port, LOOPBACK, () => undefined); // fine: bind-all
  }
}

export function startApi(port: number): http.Server {
  const app = express();
  app.get('/status', (_req, res) => {
    res.json({ ok: true });
  });
  return app.listen(port, '0.0.0.0'); // flaw: bind-all
}

export function startInternalApi(port: number): http.Server {
  const app = express();
  app.get('/status', (_req, res) => {
    res.json({ ok: true });
  });
  return app.listen(port, 'localhost'); // fine: bind-all
}

export function startRelay(onSocket: (s: net.Socket) => void): net.Server {
  const where: Listen = { host: '::', port: 7000 };
  const server = net.createServer(onSocket);
  server.listen(where); // flaw: bind-all
  return server;
}

export function startUnixRelay(onSocket: (s: net.Socket) => void): net.Server {
  const server = net.createServer(onSocket);
  server.listen({ path: '/run/relay/relay.sock' }); // fine: bind-all
  return server;
}

export function startStats(port: number): dgram.Socket {
  const socket = dgram.createSocket('udp4');
  const address = process.env.STATS_HOST || '0.0.0.0';
  socket.bind(port, address); // flaw: bind-all
  return socket;
}

export function startGauge(port: number): dgram.Socket {
  const socket = dgram.createSocket('udp4');
  socket.bind({ port, address: '127.0.0.1', exclusive: true }); // fine: bind-all
  return socket;
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::'; // fine: bind-all
}
