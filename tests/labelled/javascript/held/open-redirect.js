import Koa from 'koa';
import Router from '@koa/router';
import bodyParser from 'koa-bodyparser';
import { NextResponse } from 'next/server';

const SITE = 'https://shop.example.org';
const PARTNERS = Object.freeze({
  bank: 'https://pay.bank.example/start',
  post: 'https://track.post.example/find',
});

const router = new Router();

class Flow {
  constructor(ctx) {
    this.ctx = ctx;
    this.destination = '/';
  }

  remember(value) {
    if (value) {
      this.destination = value;
    }
    return this;
  }

  complete() {
    this.ctx.status = 302;
    this.ctx.redirect(this.destination); // flaw: open-redirect
  }
}

function isLocal(path) {
  return /^\/(?![/\\])[\w\-./?=&%]*$/.test(path);
}

router.get('/leave', (ctx) => {
  ctx.redirect(ctx.query.to); // flaw: open-redirect
});

router.get('/leave/partner', (ctx) => {
  const id = String(ctx.query.partner);
  ctx.redirect(Object.hasOwn(PARTNERS, id) ? PARTNERS[id] : '/'); // fine: open-redirect
});

router.post('/checkout/finish', (ctx) => {
  new Flow(ctx).remember(ctx.request.body.continue).complete();
});

router.post('/checkout/cancel', (ctx) => {
  const wanted = String(ctx.request.body.continue ?? '/');
  ctx.redirect(isLocal(wanted) ? wanted : '/'); // fine: open-redirect
});

router.get('/track/:number', (ctx) => {
  const number = encodeURIComponent(ctx.params.number);
  ctx.redirect(`${PARTNERS.post}?n=${number}`); // fine: open-redirect
});

export function middleware(request) {
  const target = request.nextUrl.searchParams.get('callbackUrl') ?? '/';
  let destination = target;
  if (!target.includes('example.org')) {
    destination = '/';
  }
  return NextResponse.redirect(new URL(destination, SITE)); // flaw: open-redirect
}

export function GET(request) {
  const locale = request.nextUrl.searchParams.get('locale');
  const url = request.nextUrl.clone();
  url.pathname = ['fr', 'it'].includes(locale) ? `/${locale}` : '/en';
  url.search = '';
  return NextResponse.redirect(url); // fine: open-redirect
}

export function resumeSession() {
  const params = new URLSearchParams(window.location.search);
  const candidates = [params.get('resume'), params.get('back'), '/home'];
  const first = candidates.find((c) => c !== null);
  window.location.assign(first); // flaw: open-redirect
}

export function goHome() {
  const params = new URLSearchParams(window.location.search);
  const tab = params.get('tab') === 'orders' ? 'orders' : 'profile';
  window.location.assign('/home#' + tab); // fine: open-redirect
}

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());

export default app;
