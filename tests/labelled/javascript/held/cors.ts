import Fastify from 'fastify';
import fastifyCors from '@fastify/cors';
import Koa from 'koa';
import koaCors from '@koa/cors';
import Hapi from '@hapi/hapi';
import { NestFactory } from '@nestjs/core';
import { WebSocketGateway } from '@nestjs/websockets';
import { Server } from 'socket.io';
import * as http from 'node:http';
import { AppModule } from './app.module';

const TRUSTED = /^https:\/\/([a-z0-9-]+\.)?example\.org$/;
const LOOSE = /example\.org/;

export async function api() {
  const app = Fastify();
  await app.register(fastifyCors, { origin: LOOSE, credentials: true }); // flaw: cors
  return app;
}

export async function site() {
  const app = Fastify();
  await app.register(fastifyCors, { origin: TRUSTED, credentials: true }); // fine: cors
  return app;
}

export async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: (_origin, done) => done(null, true), credentials: true }); // flaw: cors
  await app.listen(3000, '127.0.0.1');
}

export async function bootstrapPublic(): Promise<void> {
  const app = await NestFactory.create(AppModule, { cors: { origin: '*', credentials: false, methods: ['GET'] } }); // fine: cors
  await app.listen(3001, '127.0.0.1');
}

export function portal(): Koa {
  const app = new Koa();
  const settings: koaCors.Options = { credentials: true };
  settings.origin = (ctx) => ctx.get('Origin'); // flaw: cors
  app.use(koaCors(settings));
  return app;
}

export function wiki(): Koa {
  const app = new Koa();
  app.use(koaCors({ credentials: true, origin: () => 'https://wiki.example.org' })); // fine: cors
  return app;
}

export const gateway = http.createServer((req, res) => {
  const origin = req.headers.origin ?? 'null';
  const headers: Record<string, string> = { Vary: 'Origin' };
  if (req.url?.startsWith('/account')) {
    headers['Access-Control-Allow-Origin'] = origin; // flaw: cors
    headers['Access-Control-Allow-Credentials'] = 'true';
  }
  res.writeHead(200, headers);
  res.end('{}');
});

export function sockets(server: http.Server): Server {
  return new Server(server, {
    cors: { origin: true, credentials: true }, // flaw: cors
  });
}

@WebSocketGateway({ cors: { origin: ['https://chat.example.org'], credentials: true } }) // fine: cors
export class ChatGateway {}

export function reports(): Hapi.Server {
  return Hapi.server({
    port: 4000,
    host: '127.0.0.1',
    routes: { cors: { origin: ['https://reports.example.org'], credentials: true } }, // fine: cors
  });
}
