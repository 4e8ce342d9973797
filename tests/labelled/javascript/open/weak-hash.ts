import * as crypto from 'crypto';
import * as fs from 'fs';
import { promisify } from 'util';

const scrypt = promisify(crypto.scrypt) as (p: string, s: Buffer, n: number) => Promise<Buffer>;
const SIGNATURE_DIGEST = 'md5';

interface Account {
  email: string;
  passwordHash: string;
}

function digest(algorithm: string, text: string): string {
  return crypto.createHash(algorithm).update(text).digest('hex');
}

export class AccountService {
  private accounts = new Map<string, Account>();

  register(email: string, password: string): void {
    const passwordHash = crypto.createHash('md5').update(password).digest('hex'); // flaw: weak-hash
    this.accounts.set(email, { email, passwordHash });
  }

  async registerCurrent(email: string, password: string): Promise<void> {
    const salt = crypto.randomBytes(16);
    const derived = await scrypt(password, salt, 64); // fine: weak-hash
    this.accounts.set(email, { email, passwordHash: `${salt.toString('hex')}:${derived.toString('hex')}` });
  }

  changePassword(email: string, password: string, pepper: string): void {
    const account = this.accounts.get(email);
    if (!account) {
      return;
    }
    const hash = crypto.createHash('sha1'); // flaw: weak-hash
    const salted = [email, password, pepper].join('|');
    hash.update(salted);
    account.passwordHash = hash.digest('base64');
  }
}

export function deriveKey(passphrase: string, salt: Buffer): Buffer {
  return crypto.pbkdf2Sync(passphrase, salt, 600000, 32, 'sha256'); // fine: weak-hash
}

export function etagFor(file: string): string {
  const body = fs.readFileSync(file);
  return '"' + crypto.createHash('md5').update(body).digest('base64') + '"'; // fine: weak-hash
}

export function cacheKey(parts: string[]): string {
  const joined = parts.join('\u0000');
  const sum = crypto.createHash('sha1').update(joined).digest('hex'); // fine: weak-hash
  return `render:${sum}`;
}

export function signCallback(params: Record<string, string>, secret: string): string {
  const sorted = Object.keys(params).sort().map((k) => `${k}=${params[k]}`);
  const material = sorted.join('&') + secret;
  return crypto.createHash(SIGNATURE_DIGEST).update(material).digest('hex'); // flaw: weak-hash
}

export function signRequest(body: string, secret: string): string {
  return crypto.createHmac('sha256', secret).update(body).digest('hex'); // fine: weak-hash
}

export function verifyLicense(license: string, signature: Buffer, publicKey: string): boolean {
  const verifier = crypto.createVerify('RSA-SHA1'); // flaw: weak-hash
  verifier.update(license);
  return verifier.verify(publicKey, signature);
}

export function resetTokenFingerprint(token: string): string {
  return digest('sha256', token);
}
