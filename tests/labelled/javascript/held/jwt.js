import Koa from 'koa';
import Router from '@koa/router';
import koaJwt from 'koa-jwt';
import { jwtVerify, decodeJwt, UnsecuredJWT, createRemoteJWKSet, SignJWT } from 'jose';
import jwtDecode from 'jwt-decode';
import jwtSimple from 'jwt-simple';
import passport from 'passport';
import { Strategy as JwtStrategy, ExtractJwt } from 'passport-jwt';

const JWKS = createRemoteJWKSet(new URL('https://login.example.org/jwks.json'));
const SECRET = new TextEncoder().encode(process.env.TOKEN_SECRET);
const router = new Router();

class Principal {
  constructor(claims) {
    this.id = claims.sub;
    this.scopes = new Set(String(claims.scope ?? '').split(' '));
  }

  static fromHeader(header) {
    const raw = String(header ?? '').slice('Bearer '.length);
    return new Principal(decodeJwt(raw)); // flaw: jwt
  }

  static async verified(header) {
    const raw = String(header ?? '').slice('Bearer '.length);
    const { payload } = await jwtVerify(raw, JWKS, { issuer: 'https://login.example.org', audience: 'api' }); // fine: jwt
    return new Principal(payload);
  }
}

router.delete('/users/:id', async (ctx) => {
  const principal = Principal.fromHeader(ctx.get('authorization'));
  ctx.assert(principal.scopes.has('admin'), 403);
  ctx.status = 204;
});

router.delete('/groups/:id', async (ctx) => {
  const principal = await Principal.verified(ctx.get('authorization'));
  ctx.assert(principal.scopes.has('admin'), 403);
  ctx.status = 204;
});

router.get('/reports', async (ctx) => {
  const claims = jwtSimple.decode(ctx.get('x-report-token'), process.env.TOKEN_SECRET, true); // flaw: jwt
  ctx.body = { owner: claims.owner };
});

router.get('/exports', async (ctx) => {
  const claims = jwtSimple.decode(ctx.get('x-report-token'), process.env.TOKEN_SECRET, false, 'HS256'); // fine: jwt
  ctx.body = { owner: claims.owner };
});

router.get('/share', async (ctx) => {
  const token = ctx.query.token;
  const { payload } = UnsecuredJWT.decode(token, { maxTokenAge: '1h' }); // flaw: jwt
  ctx.body = { file: payload.file, write: payload.write };
});

router.post('/link', async (ctx) => {
  const token = await new SignJWT({ file: ctx.query.file }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(SECRET); // fine: jwt
  ctx.body = { token };
});

router.get('/account', async (ctx) => {
  let token = ctx.cookies.get('id_token');
  if (!token) {
    token = ctx.query.id_token;
  }
  ctx.assert(token, 401);
  const { sub, email } = jwtDecode(token); // flaw: jwt
  ctx.body = await ctx.state.accounts.find(sub, email);
});

passport.use(new JwtStrategy({
  jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
  secretOrKey: process.env.JWT_PUBLIC_KEY,
  algorithms: ['ES256'], // fine: jwt
}, (claims, done) => done(null, new Principal(claims))));

export function showName() {
  const token = window.sessionStorage.getItem('id_token');
  return token ? jwtDecode(token).name : ''; // fine: jwt
}

const app = new Koa();
app.use(koaJwt({ secret: process.env.TOKEN_SECRET, algorithms: ['HS256'], passthrough: false }).unless({ path: [/^\/(share|reports|exports|users|groups|account)/] }));
app.use(router.routes());

export default app;
