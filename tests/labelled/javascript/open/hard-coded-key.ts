import * as crypto from 'crypto';
import * as jwt from 'jsonwebtoken';
import session from 'express-session';
import * as fs from 'fs';

const TOKEN_KEY = 'b7e1f0c94d2a4e3c8f6a5d7e9c0b1a2f'; // flaw: hard-coded-key
const KEY_FILE = '/run/secrets/field-encryption.key'; // fine: hard-coded-key
const PUBLIC_KEY = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----'; // fine: hard-coded-key

interface Claims {
  sub: string;
  role: string;
}

export function issueToken(claims: Claims): string {
  return jwt.sign(claims, TOKEN_KEY, { algorithm: 'HS256', expiresIn: '15m' });
}

export function issueServiceToken(service: string): string {
  const key = process.env.SERVICE_TOKEN_KEY; // fine: hard-coded-key
  if (!key) {
    throw new Error('SERVICE_TOKEN_KEY is not set');
  }
  return jwt.sign({ sub: service }, key, { algorithm: 'HS256', expiresIn: '5m' });
}

export class FieldCipher {
  private readonly secret: Buffer;

  constructor() {
    this.secret = Buffer.from('5f1d3b7a9c0e2d4f6a8b1c3d5e7f9a0b5f1d3b7a9c0e2d4f6a8b1c3d5e7f9a0b', 'hex'); // flaw: hard-coded-key
  }

  encrypt(value: string): string {
    const iv = crypto.randomBytes(12);
    const cipher = crypto.createCipheriv('aes-256-gcm', this.secret, iv);
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }
}

export class FileKeyCipher {
  encrypt(value: string): string {
    const key = Buffer.from(fs.readFileSync(KEY_FILE, 'utf8').trim(), 'hex');
    const iv = crypto.randomBytes(12); // fine: hard-coded-key
    const cipher = crypto.createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }
}

export function sealBackup(data: Buffer, key: Buffer): Buffer {
  const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'); // flaw: hard-coded-key
  const cipher = crypto.createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

export function signDownload(path: string, expires: number): string {
  const parts = [path, String(expires)];
  const mac = crypto.createHmac('sha256', 'dl-k3y-Zx81PqLw0aTnV5uR'); // flaw: hard-coded-key
  for (const part of parts) {
    mac.update(part).update('\n');
  }
  return mac.digest('hex');
}

export function checkRelease(archive: Buffer, signature: Buffer): boolean {
  return crypto.verify(null, archive, PUBLIC_KEY, signature);
}

export const sessions = session({
  secret: 'q8V2mZr7LdX0sYt4', // flaw: hard-coded-key
  resave: false,
  saveUninitialized: false,
  cookie: { secure: true, httpOnly: true, sameSite: 'lax' },
});
