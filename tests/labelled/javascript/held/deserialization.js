import Fastify from 'fastify';
import v8 from 'node:v8';
import cryo from 'cryo';
import { unserialize } from 'php-serialize';
import jsYaml from 'js-yaml';
import YAML from 'yaml';
import { deserialize } from 'serialize-to-js';
import superjson from 'superjson';
import nodeSerialize from 'node-serialize';

const app = Fastify({ bodyLimit: 262144 });
app.addContentTypeParser(['text/plain', 'application/yaml'], { parseAs: 'string' }, (req, body, done) => done(null, body));

class JobQueue {
  constructor() {
    this.encoded = [];
  }

  push(encoded) {
    this.encoded.push(encoded);
  }

  next() {
    const item = this.encoded.shift();
    return item ? nodeSerialize.unserialize(item) : null; // flaw: deserialization
  }
}

const queue = new JobQueue();

function decodeState(header) {
  const json = decodeURIComponent(header);
  return cryo.parse(json); // flaw: deserialization
}

app.post('/jobs', async (request, reply) => {
  queue.push(request.body);
  reply.code(202);
  return { queued: true };
});

app.post('/jobs/run', async () => {
  const job = queue.next();
  return { kind: job && job.kind };
});

app.get('/state', async (request) => {
  const header = request.headers['x-client-state'];
  if (!header) {
    return {};
  }
  const state = decodeState(header);
  return { view: `${state.view}` };
});

app.get('/state/v2', async (request) => {
  const state = JSON.parse(decodeURIComponent(request.headers['x-client-state'] || '%7B%7D')); // fine: deserialization
  return { view: String(state.view) };
});

app.post('/config', async (request) => {
  const config = jsYaml.load(request.body, { schema: jsYaml.DEFAULT_FULL_SCHEMA }); // flaw: deserialization
  return { sections: Object.keys(config) };
});

app.post('/config/v2', async (request) => {
  const config = jsYaml.safeLoad(request.body); // fine: deserialization
  return { sections: Object.keys(config) };
});

app.post('/manifest', async (request) => {
  const manifest = YAML.parse(request.body, { maxAliasCount: 50 }); // fine: deserialization
  return { name: String(manifest.name) };
});

app.post('/cart', async (request) => {
  let payload = request.body;
  if (payload.startsWith('b64:')) {
    payload = Buffer.from(payload.slice(4), 'base64').toString('utf8');
  }
  const cart = deserialize(payload); // flaw: deserialization
  return { lines: cart.lines.length };
});

app.post('/legacy-session', async (request) => {
  const session = unserialize(request.body, {}); // fine: deserialization
  return { user: Number(session.user_id) };
});

export function snapshot(state) {
  const bytes = v8.serialize(state);
  return v8.deserialize(bytes); // fine: deserialization
}

export const encode = (value) => superjson.stringify(value);
export default app;
