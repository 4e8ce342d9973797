import Fastify from 'fastify';
import { request as undiciRequest, fetch as undiciFetch } from 'undici';
import superagent from 'superagent';
import * as http from 'node:http';
import * as net from 'node:net';

const app = Fastify();
const FEEDS = new Map<string, string>([
  ['news', 'https://feeds.example.net/news.xml'],
  ['sport', 'https://feeds.example.net/sport.xml'],
]);
const CDN = 'https://cdn.example.net';

interface Subscription {
  endpoint: string;
  topic: string;
}

class Importer {
  private source = '';

  from(source: string): this {
    this.source = source;
    return this;
  }

  async load(): Promise<string> {
    const { body } = await undiciRequest(this.source, { method: 'GET' }); // flaw: ssrf
    return body.text();
  }
}

async function head(target: URL): Promise<number> {
  const response = await undiciFetch(target, { method: 'HEAD', redirect: 'error' }); // fine: ssrf
  return response.status;
}

app.get<{ Querystring: { link: string } }>('/unfurl', async (req) => {
  const response = await fetch(req.query.link); // flaw: ssrf
  const html = await response.text();
  return { title: /<title>([^<]{0,200})</.exec(html)?.[1] ?? null };
});

app.get<{ Params: { name: string } }>('/feeds/:name', async (req, reply) => {
  const address = FEEDS.get(req.params.name);
  if (!address) {
    return reply.code(404).send();
  }
  const response = await fetch(address); // fine: ssrf
  return { xml: await response.text() };
});

app.post<{ Body: { url: string } }>('/import', async (req) => {
  const importer = new Importer().from(req.body.url.trim());
  const text = await importer.load();
  return { lines: text.split('\n').length };
});

app.post<{ Body: Subscription }>('/subscribe', async (req) => {
  const { endpoint, topic } = req.body;
  const query = new URLSearchParams({ 'hub.topic': topic, 'hub.mode': 'subscribe' });
  const separator = endpoint.includes('?') ? '&' : '?';
  const callback = endpoint + separator + query.toString();
  const answer = await superagent.get(callback).timeout(4000); // flaw: ssrf
  return { status: answer.status };
});

app.get<{ Params: { id: string } }>('/asset/:id', async (req, reply) => {
  if (!/^[a-f0-9]{32}$/.test(req.params.id)) {
    return reply.code(400).send();
  }
  const answer = await superagent.get(`${CDN}/assets/${req.params.id}.png`); // fine: ssrf
  return reply.type('image/png').send(answer.body);
});

app.get<{ Querystring: { site: string } }>('/alive', async (req, reply) => {
  const target = new URL(req.query.site, CDN);
  if (target.origin !== CDN) {
    return reply.code(400).send();
  }
  const status = await head(target);
  return { status };
});

app.get<{ Querystring: { host?: string; port?: string } }>('/probe', (req, reply) => {
  const host = req.query.host ?? 'status.example.net';
  const port = Number(req.query.port ?? 80);
  const socket = net.connect({ host, port }); // flaw: ssrf
  socket.once('connect', () => {
    socket.destroy();
    reply.send({ open: true });
  });
  socket.once('error', () => reply.send({ open: false }));
});

app.get<{ Querystring: { page?: string } }>('/catalog', (req, reply) => {
  const page = Number.parseInt(req.query.page ?? '1', 10) || 1;
  http.get({ host: 'catalog.internal', path: `/v2/items?page=${page}` }, (res) => { // fine: ssrf
    reply.send({ status: res.statusCode });
    res.resume();
  });
});

export default app;
