import Hapi from '@hapi/hapi';
import Crumb from '@hapi/crumb';
import Fastify from 'fastify';
import fastifyCookie from '@fastify/cookie';
import fastifyCsrf from '@fastify/csrf-protection';
import Koa from 'koa';
import CSRF from 'koa-csrf';
import type { Config } from '@sveltejs/kit';
import { provideHttpClient, withNoXsrfProtection, withXsrfConfiguration } from '@angular/common/http';

const MUTATIONS = ['POST', 'PUT', 'PATCH', 'DELETE'];

export async function bank(): Promise<Hapi.Server> {
  const server = Hapi.server({ port: 3000, host: '127.0.0.1' });
  await server.register({ plugin: Crumb, options: { cookieOptions: { isSecure: true, isHttpOnly: true } } });
  server.route({
    method: 'POST',
    path: '/transfer',
    options: {
      auth: 'session',
      plugins: { crumb: false }, // flaw: csrf
    },
    handler: (request, h) => h.redirect('/done'),
  });
  server.route({
    method: 'POST',
    path: '/standing-order',
    options: { auth: 'session', plugins: { crumb: { key: 'crumb' } } }, // fine: csrf
    handler: (request, h) => h.redirect('/done'),
  });
  server.route({
    method: 'POST',
    path: '/webhooks/payment',
    options: { auth: 'bearer', plugins: { crumb: false } }, // fine: csrf
    handler: () => ({ received: true }),
  });
  return server;
}

export async function forum(): Promise<Hapi.Server> {
  const server = Hapi.server({ port: 3001, host: '127.0.0.1' });
  const options: Record<string, unknown> = { restful: true, cookieOptions: { isSecure: true, isHttpOnly: true } };
  options.skip = (request: Hapi.Request) => MUTATIONS.includes(request.method.toUpperCase()); // flaw: csrf
  await server.register({ plugin: Crumb, options });
  return server;
}

export async function mail() {
  const app = Fastify();
  await app.register(fastifyCookie, { secret: process.env.COOKIE_SECRET });
  await app.register(fastifyCsrf, {
    cookieOpts: { signed: true, secure: true, httpOnly: true },
  });
  app.post('/send', { preHandler: app.csrfProtection }, async () => ({ sent: true })); // fine: csrf
  return app;
}

export function intranet(): Koa {
  const app = new Koa();
  app.use(new CSRF({ excludedMethods: ['GET', 'HEAD', 'OPTIONS', 'POST'] })); // flaw: csrf
  return app;
}

export function archive(): Koa {
  const app = new Koa();
  app.use(new CSRF({ excludedMethods: ['GET', 'HEAD', 'OPTIONS'], disableQuery: true })); // fine: csrf
  return app;
}

export const svelteConfig: Config = {
  kit: {
    csrf: { checkOrigin: false }, // flaw: csrf
  },
};

export const svelteAdminConfig: Config = {
  kit: {
    csrf: { checkOrigin: true }, // fine: csrf
  },
};

export const dashboardProviders = [
  provideHttpClient(withNoXsrfProtection()), // flaw: csrf
];

export const consoleProviders = [
  provideHttpClient(withXsrfConfiguration({ cookieName: 'XSRF-TOKEN', headerName: 'X-XSRF-TOKEN' })), // fine: csrf
];
