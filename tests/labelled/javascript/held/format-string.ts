import { format, debuglog } from 'node:util';
import Koa from 'koa';
import Router from '@koa/router';
import bodyParser from 'koa-bodyparser';
import { sprintf, vsprintf } from 'sprintf-js';

const router = new Router();
const trace = debuglog('billing');

interface Bill {
  owner: string;
  cents: number;
  internalNote: string;
}

const TEXTS: Record<string, string> = {
  en: 'Dear %s, please pay %d',
  nl: 'Beste %s, gelieve %d te betalen',
};

class Letter {
  private pattern = '';

  setPattern(pattern: string): this {
    this.pattern = pattern;
    return this;
  }

  fill(bill: Bill): string {
    return sprintf(this.pattern, bill); // flaw: format-string
  }
}

function billOf(ctx: Koa.Context): Bill {
  return ctx.state.bill as Bill;
}

router.post('/letter', (ctx) => {
  const { pattern } = ctx.request.body as { pattern: string };
  ctx.body = { text: new Letter().setPattern(pattern).fill(billOf(ctx)) };
});

router.post('/reminder', (ctx) => {
  const bill = billOf(ctx);
  const { opening } = ctx.request.body as { opening: string };
  ctx.body = { text: vsprintf(opening + ' %1$s owes %2$d', [bill.owner, bill.cents, bill.internalNote]) }; // flaw: format-string
});

router.post('/reminder/v2', (ctx) => {
  const bill = billOf(ctx);
  const { opening } = ctx.request.body as { opening: string };
  ctx.body = { text: sprintf('%s %s owes %d', String(opening), bill.owner, bill.cents) }; // fine: format-string
});

router.get('/text/:lang', (ctx) => {
  const pattern = ctx.params.lang === 'nl' ? TEXTS.nl : TEXTS.en;
  const bill = billOf(ctx);
  ctx.body = { text: format(pattern, bill.owner, bill.cents) }; // fine: format-string
});

router.post('/note', (ctx) => {
  const lines: string[] = [];
  for (const line of (ctx.request.body as { lines: string[] }).lines) {
    lines.push(line.trim());
  }
  const joined = lines.join(' / ');
  ctx.body = { text: format(joined, billOf(ctx)) }; // flaw: format-string
});

router.post('/note/v2', (ctx) => {
  const { line } = ctx.request.body as { line: string };
  const escaped = String(line).replace(/%/g, '%%');
  ctx.body = { text: sprintf(escaped + ' (%d)', billOf(ctx).cents) }; // fine: format-string
});

router.get('/trace', (ctx) => {
  const tag = String(ctx.query.tag ?? 'none').replace(/[\r\n]/g, '');
  trace(tag + ' seen', ctx.headers); // flaw: format-string
  ctx.status = 204;
});

router.get('/trace/v2', (ctx) => {
  const tag = String(ctx.query.tag ?? 'none').replace(/[\r\n]/g, '');
  trace('%s seen by %s', tag, ctx.method); // fine: format-string
  ctx.status = 204;
});

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());

export default app;
