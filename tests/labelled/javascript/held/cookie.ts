import Fastify from 'fastify';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import Hapi from '@hapi/hapi';
import Koa from 'koa';
import koaSession from 'koa-session';
import { cookies } from 'next/headers';
import { serialize, CookieSerializeOptions } from 'cookie';
import { randomBytes } from 'node:crypto';

const WEEK = 7 * 24 * 3600;
const TICKET: CookieSerializeOptions = { path: '/', maxAge: WEEK, secure: true };

function ticket(): string {
  return randomBytes(32).toString('base64url');
}

export async function shop() {
  const app = Fastify({ trustProxy: true });
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: process.env.SHOP_SESSION_KEY as string,
    cookie: { secure: false, httpOnly: true, sameSite: 'lax' }, // flaw: cookie
  });
  app.post('/token', async (_request, reply) => {
    reply.setCookie('access_token', ticket(), { path: '/', secure: true, httpOnly: true, sameSite: 'strict' }); // fine: cookie
    return { ok: true };
  });
  return app;
}

export async function office() {
  const app = Fastify({ trustProxy: true });
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: process.env.OFFICE_SESSION_KEY as string,
    cookie: { secure: true, httpOnly: true, sameSite: 'lax', maxAge: 1800000 }, // fine: cookie
  });
  return app;
}

export function intranet(): Hapi.Server {
  const server = Hapi.server({ port: 3000, host: '127.0.0.1' });
  server.state('sid', {
    ttl: WEEK * 1000,
    isSecure: true,
    isHttpOnly: false, // flaw: cookie
    isSameSite: 'Lax',
  });
  server.state('currency', {
    ttl: null,
    isSecure: true,
    isHttpOnly: false, // fine: cookie
    isSameSite: 'Lax',
  });
  return server;
}

export function portal(): Koa {
  const app = new Koa();
  app.keys = [process.env.PORTAL_KEY as string];
  const settings: Partial<koaSession.opts> = { key: 'portal.sess', signed: true, sameSite: 'lax' };
  settings.httpOnly = false; // flaw: cookie
  settings.secure = true;
  app.use(koaSession(settings, app));
  return app;
}

export async function signIn(): Promise<void> {
  const jar = await cookies();
  jar.set('session', ticket(), { path: '/', maxAge: WEEK }); // flaw: cookie
}

export async function signInNext(): Promise<void> {
  const jar = await cookies();
  jar.set({ name: 'session', value: ticket(), path: '/', httpOnly: true, secure: true, sameSite: 'lax' }); // fine: cookie
}

export function loginHeader(persistent: boolean): string {
  const options = persistent ? { ...TICKET, sameSite: 'lax' as const } : TICKET;
  return serialize('login_ticket', ticket(), options); // flaw: cookie
}

export function localeHeader(locale: 'en' | 'it'): string {
  return serialize('locale', locale, { path: '/', maxAge: WEEK, secure: true, sameSite: 'lax' }); // fine: cookie
}
