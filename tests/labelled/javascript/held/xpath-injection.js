import { readFileSync } from 'node:fs';
import Koa from 'koa';
import Router from '@koa/router';
import bodyParser from 'koa-bodyparser';
import libxml from 'libxmljs2';
import { JSDOM } from 'jsdom';
import fontoxpath from 'fontoxpath';

const { evaluateXPathToNodes, evaluateXPathToString } = fontoxpath;

const fleet = libxml.parseXml(readFileSync('/srv/fleet/fleet.xml', 'utf8'));
const window = new JSDOM(readFileSync('/srv/fleet/drivers.xml', 'utf8'), { contentType: 'text/xml' }).window;
const drivers = window.document;

const router = new Router();
const STATES = { active: "@state='active'", parked: "@state='parked'" };

class FleetQuery {
  constructor(root) {
    this.steps = [root];
  }

  having(attribute, value) {
    this.steps.push(`[@${attribute}="${value}"]`);
    return this;
  }

  run() {
    return fleet.find(this.steps.join('')); // flaw: xpath-injection
  }
}

function literal(text) {
  if (!text.includes("'")) {
    return `'${text}'`;
  }
  const parts = text.split("'").map((p) => `'${p}'`);
  return `concat(${parts.join(`, "'", `)})`;
}

router.get('/trucks/:plate', (ctx) => {
  const node = fleet.get("//truck[@plate='" + ctx.params.plate + "']"); // flaw: xpath-injection
  ctx.body = { found: Boolean(node) };
});

router.get('/vans/:plate', (ctx) => {
  const node = fleet.get(`//van[@plate=${literal(ctx.params.plate)}]`); // fine: xpath-injection
  ctx.body = { found: Boolean(node) };
});

router.get('/trucks', (ctx) => {
  const query = new FleetQuery('//truck');
  query.having('depot', ctx.query.depot);
  if (ctx.query.model) {
    query.having('model', ctx.query.model);
  }
  ctx.body = query.run().map((n) => n.attr('plate').value());
});

router.get('/states/:state', (ctx) => {
  const { state } = ctx.params;
  if (!Object.hasOwn(STATES, state)) {
    ctx.throw(404);
  }
  ctx.body = fleet.find(`//truck[${STATES[state]}]`).length; // fine: xpath-injection
});

router.get('/drivers/:name', (ctx) => {
  const nodes = evaluateXPathToNodes('//driver[@name = $name]', drivers, null, { name: ctx.params.name }); // fine: xpath-injection
  ctx.body = nodes.map((n) => n.getAttribute('licence'));
});

router.post('/drivers/phone', (ctx) => {
  const { name, pin } = ctx.request.body;
  let path = '//driver';
  path += `[@name = "${name}"]`;
  path += `[@pin = "${pin}"]`;
  path += '/@phone';
  ctx.body = { phone: evaluateXPathToString(path, drivers) }; // flaw: xpath-injection
});

router.get('/drivers', (ctx) => {
  const city = ctx.query.city || 'Lyon';
  const found = drivers.evaluate(`//driver[city="${city}"]`, drivers, null, window.XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null); // flaw: xpath-injection
  ctx.body = { count: found.snapshotLength };
});

router.get('/trips/:position', (ctx) => {
  const position = Number.parseInt(ctx.params.position, 10) || 1;
  const node = fleet.get('//trip[position() = ' + position + ']'); // fine: xpath-injection
  ctx.body = { from: node ? node.attr('from').value() : null };
});

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());

export default app;
