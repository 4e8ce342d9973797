import { createServer } from 'node:http';
import vm from 'node:vm';
import { VM } from 'vm2';
import { Parser } from 'expr-eval';

const FORMULAS = {
  net: 'gross / 1.2',
  margin: '(price - cost) / price',
};

class Spreadsheet {
  constructor() {
    this.cells = new Map();
  }

  define(name, formula) {
    this.cells.set(name, formula);
  }

  value(name, scope) {
    const formula = this.cells.get(name);
    const names = Object.keys(scope);
    const compute = Function(...names, `return (${formula});`); // flaw: code-evaluation
    return compute(...names.map((n) => scope[n]));
  }
}

export const resolvers = {
  Query: {
    formula(parent, args) {
      const sheet = new Spreadsheet();
      sheet.define('custom', args.expression);
      return sheet.value('custom', { gross: 120, price: 10, cost: 7 });
    },
    named(parent, args) {
      const names = Object.keys(FORMULAS);
      const key = names.includes(args.name) ? args.name : 'net';
      return vm.runInNewContext(FORMULAS[key], { gross: 120, price: 10, cost: 7 }); // fine: code-evaluation
    },
    parsed(parent, args) {
      const expression = new Parser({ operators: { assignment: false } }).parse(args.expression); // fine: code-evaluation
      return String(expression.variables());
    },
    sandboxed(parent, args) {
      const sandbox = new VM({ timeout: 200 });
      return sandbox.run(args.code); // flaw: code-evaluation
    },
  },
};

export const handler = async (event) => {
  const body = JSON.parse(event.body || '{}');
  const result = eval('(' + body.predicate + ')(' + JSON.stringify(body.record) + ')'); // flaw: code-evaluation
  return { statusCode: 200, body: JSON.stringify({ result: Boolean(result) }) };
};

export const thresholdHandler = async (event) => {
  const body = JSON.parse(event.body || '{}');
  const limit = parseFloat(body.limit);
  if (!Number.isFinite(limit)) {
    return { statusCode: 400, body: '' };
  }
  const check = new Function('x', `return x > ${limit};`); // fine: code-evaluation
  return { statusCode: 200, body: JSON.stringify({ over: check(Number(body.x)) }) };
};

export const server = createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  res.setHeader('Content-Type', 'application/json');
  if (url.pathname === '/format') {
    const pattern = url.searchParams.get('pattern') || 'd';
    const chunks = ['const d = new Date(0);', 'result = `'];
    chunks.push(pattern.split('%').join('${d.toISOString()}'));
    chunks.push('`;');
    const box = { result: '' };
    const context = vm.createContext(box);
    vm.runInContext(chunks.join(''), context); // flaw: code-evaluation
    res.end(JSON.stringify(box));
    return;
  }
  if (url.pathname === '/pick') {
    const source = { id: 7, name: 'lamp', price: 20 };
    const field = url.searchParams.get('field') || 'id';
    res.end(JSON.stringify({ value: Object.hasOwn(source, field) ? source[field] : null })); // fine: code-evaluation
    return;
  }
  if (url.pathname === '/delay') {
    setTimeout(() => res.end('{}'), 250); // fine: code-evaluation
    return;
  }
  res.statusCode = 404;
  res.end('{}');
});
