import Koa from 'koa';
import Router from '@koa/router';
import session from 'koa-session';
import bodyParser from 'koa-bodyparser';
import { z } from 'zod';
import { accounts } from './accounts';

interface State {
  currency: string;
  country: string;
}

const Preferences = z.object({
  currency: z.enum(['EUR', 'USD', 'GBP']),
  country: z.string().regex(/^[A-Z]{2}$/),
}).strict();

class SessionFacade {
  constructor(private readonly ctx: Koa.Context) {}

  assign(values: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(values)) {
      this.ctx.session![key] = value; // flaw: trust-boundary
    }
  }

  preferences(values: State): void {
    this.ctx.session!.currency = values.currency; // fine: trust-boundary
    this.ctx.session!.country = values.country;
  }
}

const router = new Router();

router.post('/profile', (ctx) => {
  new SessionFacade(ctx).assign(ctx.request.body as Record<string, unknown>);
  ctx.status = 204;
});

router.post('/preferences', (ctx) => {
  const parsed = Preferences.safeParse(ctx.request.body);
  if (!parsed.success) {
    ctx.throw(422);
  }
  new SessionFacade(ctx).preferences(parsed.data);
  ctx.status = 204;
});

router.post('/verify', (ctx) => {
  ctx.session!.verified = ctx.query.verified; // flaw: trust-boundary
  ctx.status = 204;
});

router.post('/verify/code', async (ctx) => {
  const { code } = ctx.request.body as { code: string };
  const ok = await accounts.confirmCode(ctx.session!.accountId, String(code));
  ctx.session!.verified = ok; // fine: trust-boundary
  ctx.status = ok ? 204 : 403;
});

router.get('/switch', async (ctx) => {
  const wanted = ctx.query.account as string;
  let account = ctx.session!.accountId;
  if (wanted && wanted !== account) {
    account = wanted;
  }
  ctx.session!.accountId = account; // flaw: trust-boundary
  ctx.redirect('/overview');
});

router.get('/switch/owned', async (ctx) => {
  const owned: string[] = await accounts.ownedBy(ctx.session!.userId);
  const index = Number(ctx.query.index);
  if (!Number.isInteger(index) || index < 0 || index >= owned.length) {
    ctx.throw(404);
  }
  ctx.session!.accountId = owned[index]; // fine: trust-boundary
  ctx.redirect('/overview');
});

router.post('/limits', (ctx) => {
  const { daily, monthly } = ctx.request.body as Record<string, number>;
  const limits = { daily, monthly, approvedBy: ctx.get('x-approver') };
  ctx.session = { ...ctx.session!.toJSON(), limits } as any; // flaw: trust-boundary
  ctx.status = 204;
});

router.post('/compact', (ctx) => {
  const { compact } = ctx.request.body as { compact?: unknown };
  ctx.session!.compact = compact === true || compact === 'on'; // fine: trust-boundary
  ctx.status = 204;
});

const app = new Koa();
app.keys = [process.env.SESSION_KEY as string];
app.use(session({ httpOnly: true, secure: true, sameSite: 'lax' }, app));
app.use(bodyParser());
app.use(router.routes());

export default app;
