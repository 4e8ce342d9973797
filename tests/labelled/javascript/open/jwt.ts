import * as jwt from 'jsonwebtoken';
import { Request, Response, NextFunction } from 'express';
import { expressjwt } from 'express-jwt';
import jwksRsa from 'jwks-rsa';

const PUBLIC_KEY = process.env.JWT_PUBLIC_KEY as string;
const HMAC_KEY = process.env.JWT_HMAC_KEY as string;
const ACCEPTED: jwt.Algorithm[] = ['HS256', 'none' as jwt.Algorithm];

interface Identity {
  sub: string;
  role: string;
}

function bearer(req: Request): string {
  const header = req.headers.authorization || '';
  return header.replace(/^Bearer /, '');
}

function readClaims(token: string): Identity {
  return jwt.decode(token) as unknown as Identity; // flaw: jwt
}

export class TokenGuard {
  private readonly options: jwt.VerifyOptions = { algorithms: ['RS256'], issuer: 'https://id.example.com' };

  require(role: string) {
    return (req: Request, res: Response, next: NextFunction): void => {
      const claims = readClaims(bearer(req));
      if (!claims || claims.role !== role) {
        res.status(403).end();
        return;
      }
      next();
    };
  }

  identify(req: Request): Identity {
    return jwt.verify(bearer(req), PUBLIC_KEY, this.options) as Identity; // fine: jwt
  }
}

export function partnerIdentity(token: string): Identity {
  const key = token.endsWith('.') ? '' : HMAC_KEY;
  return jwt.verify(token, key, { algorithms: ACCEPTED }) as Identity; // flaw: jwt
}

export function expiresSoon(token: string): boolean {
  jwt.verify(token, HMAC_KEY, { algorithms: ['HS256'] });
  const payload = jwt.decode(token) as jwt.JwtPayload; // fine: jwt
  return (payload.exp || 0) * 1000 - Date.now() < 60000;
}

export function issueGuest(name: string): string {
  const claims = { sub: name, role: 'guest' };
  return jwt.sign(claims, '', { algorithm: 'none' }); // flaw: jwt
}

export function issue(name: string): string {
  return jwt.sign({ sub: name, role: 'member' }, HMAC_KEY, { algorithm: 'HS256', expiresIn: '10m' }); // fine: jwt
}

export function fromSocket(token: string): Identity | null {
  const segments = token.split('.');
  if (segments.length !== 3) {
    return null;
  }
  const json = Buffer.from(segments[1], 'base64url').toString('utf8');
  const claims = JSON.parse(json); // flaw: jwt
  return { sub: claims.sub, role: claims.role };
}

export const apiGuard = expressjwt({
  secret: jwksRsa.expressJwtSecret({ cache: true, jwksUri: 'https://id.example.com/.well-known/jwks.json' }) as any,
  audience: 'https://api.example.com',
  algorithms: ['RS256'], // fine: jwt
});
