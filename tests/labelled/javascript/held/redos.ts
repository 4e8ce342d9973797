import Fastify from 'fastify';
import RE2 from 're2';
import validator from 'validator';

const app = Fastify({ bodyLimit: 5 * 1024 * 1024 });

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)$/;
const NAME = /^([a-z]+[ '-]?)*[a-z]$/i;
const SELECTORS = /^(?:[.#]?[\w-]+\s*,?\s*)+\{$/;

interface Rule {
  field: string;
  pattern: string;
}

class Validator {
  private readonly rules: Array<{ field: string; expression: RegExp }> = [];

  add(rule: Rule): void {
    const source = `^(?:${rule.pattern})$`;
    this.rules.push({ field: rule.field, expression: new RegExp(source, 'u') }); // flaw: redos
  }

  check(record: Record<string, string>): string[] {
    return this.rules.filter((r) => !r.expression.test(record[r.field] ?? '')).map((r) => r.field);
  }
}

app.post<{ Body: { name: string } }>('/name', async (req) => {
  return { ok: NAME.test(req.body.name) }; // flaw: redos
});

app.post<{ Body: { version: string } }>('/version', async (req) => {
  const match = VERSION.exec(req.body.version); // fine: redos
  return { major: match ? Number(match[1]) : null };
});

app.post<{ Body: { rules: Rule[]; record: Record<string, string> } }>('/validate', async (req) => {
  const validation = new Validator();
  req.body.rules.forEach((rule) => validation.add(rule));
  return { failed: validation.check(req.body.record) };
});

app.post<{ Body: { pattern: string; text: string } }>('/grep', async (req, reply) => {
  let expression: RE2;
  try {
    expression = new RE2(req.body.pattern, 'g'); // fine: redos
  } catch {
    return reply.code(400).send();
  }
  return { matches: req.body.text.match(expression) };
});

app.post<{ Body: { css: string } }>('/css', async (req) => {
  const found: number[] = [];
  const lines = req.body.css.split('\n');
  for (let i = 0; i < lines.length; i += 1) {
    if (SELECTORS.test(lines[i])) { // flaw: redos
      found.push(i);
    }
  }
  return { found };
});

app.post<{ Body: { mail: string } }>('/mail', async (req) => {
  return { ok: validator.isEmail(String(req.body.mail)) }; // fine: redos
});

app.get<{ Querystring: { word: string } }>('/count', async (req, reply) => {
  const { word } = req.query;
  if (!/^[a-z]{1,30}$/i.test(word)) {
    return reply.code(400).send();
  }
  const expression = new RegExp(`\\b${word}\\b`, 'gi'); // fine: redos
  return { hits: ('alpha beta gamma alpha'.match(expression) ?? []).length };
});

app.post<{ Body: { csv: string } }>('/csv', async (req) => {
  const row = req.body.csv.replace(/\r/g, '');
  const valid = /^(("[^"]*"|[^",]+),?)+$/.test(row); // flaw: redos
  return { valid };
});

app.post<{ Body: { hex: string } }>('/hex', async (req) => {
  return { ok: /^(?:[0-9a-f]{2})+$/.test(req.body.hex) }; // fine: redos
});

app.post<{ Body: { glob: string; names: string[] } }>('/files', async (req) => {
  const source = req.body.glob.split('*').join('.*');
  return req.body.names.filter((name) => name.match(source)); // flaw: redos
});

export default app;
