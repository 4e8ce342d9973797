import Koa from 'koa';
import Router from '@koa/router';
import bodyParser from 'koa-bodyparser';
import mongoose from 'mongoose';
import qs from 'koa-qs';
import sanitize from 'mongo-sanitize';

const { Schema, model } = mongoose;

const Customer = model('Customer', new Schema({
  email: String,
  resetToken: String,
  notes: Schema.Types.Mixed,
  attributes: Schema.Types.Mixed,
}, { strictQuery: false }));
const Visit = model('Visit', new Schema({ path: String, meta: Schema.Types.Mixed, ms: Number }));

const app = qs(new Koa());
const router = new Router({ prefix: '/crm' });

function conditionFrom(pairs) {
  const condition = {};
  for (const { name, value } of pairs) {
    condition[`attributes.${name}`] = value;
  }
  return condition;
}

async function firstMatch(condition) {
  return Customer.collection.findOne(condition); // flaw: nosql-injection
}

router.post('/reset', async (ctx) => {
  const { resetToken } = ctx.request.body;
  const found = await Customer.collection.findOne({ resetToken }); // flaw: nosql-injection
  ctx.body = { found: found !== null };
});

router.post('/reset/v2', async (ctx) => {
  const resetToken = `${ctx.request.body.resetToken}`;
  const found = await Customer.collection.findOne({ resetToken }); // fine: nosql-injection
  ctx.body = { found: found !== null };
});

router.get('/visits/slow', async (ctx) => {
  const threshold = ctx.query.threshold;
  const script = `function () { return this.ms > ${threshold}; }`;
  ctx.body = await Visit.find().$where(script).limit(20); // flaw: nosql-injection
});

router.get('/visits/fast', async (ctx) => {
  const threshold = Number(ctx.query.threshold) || 0;
  ctx.body = await Visit.find().where('ms').lt(threshold).limit(20); // fine: nosql-injection
});

router.post('/customers/find', async (ctx) => {
  const condition = conditionFrom(ctx.request.body.pairs);
  condition.archived = false;
  ctx.body = await firstMatch(condition);
});

router.post('/customers/remove', async (ctx) => {
  const email = sanitize(ctx.request.body.email);
  const { deletedCount } = await Customer.collection.deleteOne({ email, archived: true }); // fine: nosql-injection
  ctx.body = { deletedCount };
});

router.post('/stats', async (ctx) => {
  const stages = [{ $match: { archived: false } }];
  if (ctx.request.body.match) {
    stages.unshift({ $match: ctx.request.body.match });
  }
  stages.push({ $count: 'n' });
  ctx.body = await Customer.aggregate(stages); // flaw: nosql-injection
});

router.get('/stats/:path', async (ctx) => {
  const stages = [{ $match: { path: ctx.params.path } }, { $group: { _id: '$path', avg: { $avg: '$ms' } } }];
  ctx.body = await Visit.aggregate(stages); // fine: nosql-injection
});

router.get('/customers/:id', async (ctx) => {
  if (!mongoose.isValidObjectId(ctx.params.id)) {
    ctx.throw(404);
  }
  ctx.body = await Customer.findById(ctx.params.id).select('email').lean(); // fine: nosql-injection
});

app.use(bodyParser());
app.use(router.routes());

export default app;
