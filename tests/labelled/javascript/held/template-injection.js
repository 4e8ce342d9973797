import Koa from 'koa';
import Router from '@koa/router';
import bodyParser from 'koa-bodyparser';
import Mustache from 'mustache';
import doT from 'dot';
import { Eta } from 'eta';
import Twig from 'twig';
import { Liquid } from 'liquidjs';
import { readFile } from 'node:fs/promises';

const eta = new Eta({ views: '/srv/app/views', autoEscape: true });
const liquid = new Liquid({ root: '/srv/app/views', extname: '.liquid' });
const router = new Router();

const SIGNATURES = new Map([
  ['short', 'Regards, <%= it.name %>'],
  ['long', 'With kind regards, <%= it.name %> (<%= it.title %>)'],
]);

function wrap(inner) {
  return `<section class="banner">${inner}</section>`;
}

function renderWith(engine, source, model) {
  switch (engine) {
    case 'dot':
      return doT.template(source)(model); // flaw: template-injection
    default:
      return Mustache.render(wrap('{{text}}'), { text: source }); // fine: template-injection
  }
}

router.post('/banner', (ctx) => {
  ctx.body = { html: renderWith('dot', wrap(ctx.request.body.text), { shop: 'north' }) };
});

router.post('/banner/plain', (ctx) => {
  ctx.body = { html: renderWith('plain', ctx.request.body.text, {}) };
});

router.post('/signature', (ctx) => {
  const source = SIGNATURES.get(ctx.request.body.kind) ?? SIGNATURES.get('short');
  ctx.body = { text: eta.renderString(source, { name: ctx.request.body.name, title: ctx.request.body.title }) }; // fine: template-injection
});

router.post('/signature/custom', (ctx) => {
  ctx.body = { text: eta.renderString(ctx.request.body.markup, { name: ctx.state.user.name }) }; // flaw: template-injection
});

router.get('/invoice', async (ctx) => {
  let heading = 'Invoice';
  if (ctx.query.company) {
    heading = `${heading} for ${ctx.query.company}`;
  }
  const raw = await readFile('/srv/app/views/invoice.eta', 'utf8');
  const source = raw.replace('@@heading@@', heading);
  const template = eta.compile(source); // flaw: template-injection
  ctx.body = { html: template.call(eta, { total: 12 }) };
});

router.get('/invoice/v2', async (ctx) => {
  const heading = `Invoice for ${ctx.query.company}`;
  ctx.body = { html: await eta.renderAsync('./invoice-v2', { heading, total: 12 }) }; // fine: template-injection
});

router.post('/newsletter', (ctx) => {
  const blocks = ctx.request.body.blocks ?? [];
  const data = blocks.map((b) => `{% block ${b.kind} %}${b.body}{% endblock %}`).join('\n');
  const template = Twig.twig({ data }); // flaw: template-injection
  ctx.body = { html: template.render({ user: ctx.state.user }) };
});

router.post('/receipt', async (ctx) => {
  const lines = (ctx.request.body.lines ?? []).map((l) => ({ label: String(l.label), cents: Number(l.cents) }));
  ctx.body = { text: await liquid.parseAndRender('{% for l in lines %}{{ l.label | escape }}: {{ l.cents }}\n{% endfor %}', { lines }) }; // fine: template-injection
});

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());

export default app;
