import Fastify from 'fastify';
import Hapi from '@hapi/hapi';
import Koa from 'koa';
import { createYoga } from 'graphql-yoga';
import { NestFactory } from '@nestjs/core';
import { Catch, ArgumentsHost, ExceptionFilter, Logger } from '@nestjs/common';
import { app as electronApp, BrowserWindow } from 'electron';
import webpack from 'webpack';
import { schema } from './schema';
import { AppModule } from './app.module';

const dev = process.env.NODE_ENV === 'development';

@Catch()
export class DetailFilter implements ExceptionFilter {
  catch(error: Error, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse();
    const detail: Record<string, unknown> = { message: error.message };
    detail.stack = error.stack?.split('\n');
    response.status(500).json(detail); // flaw: debug-server
  }
}

@Catch()
export class QuietFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');

  catch(error: Error, host: ArgumentsHost): void {
    this.logger.error(error.message, error.stack); // fine: debug-server
    host.switchToHttp().getResponse().status(500).json({ message: 'Unexpected error' });
  }
}

export async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.useGlobalFilters(new DetailFilter());
  await app.listen(3000, '127.0.0.1');
}

export function backend() {
  const app = Fastify({ logger: { level: 'info' } });
  app.setErrorHandler((error, _request, reply) => {
    reply.code(500).send({ error: error.message, stack: error.stack }); // flaw: debug-server
  });
  return app;
}

export function frontend() {
  const app = Fastify({ logger: { level: dev ? 'debug' : 'info' } });
  app.setErrorHandler((error, request, reply) => {
    request.log.error(error);
    reply.code(500).send({ error: 'Internal error', stack: dev ? error.stack : undefined }); // fine: debug-server
  });
  return app;
}

export const yoga = createYoga({
  schema,
  maskedErrors: false, // flaw: debug-server
  graphiql: dev, // fine: debug-server
});

export function legacy(): Hapi.Server {
  const server = Hapi.server({
    host: '127.0.0.1',
    port: 3002,
    debug: { request: ['error'] }, // fine: debug-server
  });
  server.route({
    method: 'GET',
    path: '/_debug/env',
    handler: () => ({ env: process.env, memory: process.memoryUsage() }), // flaw: debug-server
  });
  return server;
}

export function intranet(): Koa {
  const app = new Koa();
  app.on('error', (err: Error) => process.stderr.write(`${err.stack}\n`)); // fine: debug-server
  return app;
}

export const bundle: webpack.Configuration = {
  mode: 'production',
  devtool: 'hidden-source-map', // fine: debug-server
};

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({ width: 900, height: 700 });
  electronApp.commandLine.appendSwitch('remote-debugging-address', '0.0.0.0');
  electronApp.commandLine.appendSwitch('remote-debugging-port', '9222'); // flaw: debug-server
  return window;
}
