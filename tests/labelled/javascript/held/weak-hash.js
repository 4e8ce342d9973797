import { createHash, createHmac, timingSafeEqual, sign, scryptSync, randomBytes } from 'node:crypto';
import CryptoJS from 'crypto-js';
import md5 from 'md5';
import bcrypt from 'bcrypt';
import forge from 'node-forge';

const ALGORITHMS = { pin: 'sha1', invoice: 'sha256' };

export class UserTable {
  constructor(db) {
    this.db = db;
  }

  async store(login, password) {
    const stored = md5(password); // flaw: weak-hash
    await this.db.insert('users', { login, stored });
  }

  async storeNext(login, password) {
    const stored = await bcrypt.hash(password, 12); // fine: weak-hash
    await this.db.insert('users', { login, stored });
  }

  async check(login, password) {
    const row = await this.db.first('users', { login });
    let candidate = row.salt + password;
    for (let i = 0; i < 3; i += 1) {
      candidate = CryptoJS.MD5(candidate).toString(); // flaw: weak-hash
    }
    return timingSafeEqual(Buffer.from(candidate), Buffer.from(row.stored));
  }
}

export function storePin(card, pin) {
  const hasher = createHash(ALGORITHMS.pin); // flaw: weak-hash
  hasher.update(card.number);
  hasher.update(pin);
  card.pinHash = hasher.digest('hex');
  return card;
}

export function storePinNext(card, pin) {
  const salt = randomBytes(16);
  card.salt = salt.toString('hex');
  card.pinHash = scryptSync(pin, salt, 32, { N: 32768, maxmem: 67108864 }).toString('hex'); // fine: weak-hash
  return card;
}

export function gravatar(email) {
  return `https://www.gravatar.com/avatar/${md5(email.trim().toLowerCase())}?d=mp`; // fine: weak-hash
}

export function gitObjectId(content) {
  const header = Buffer.from(`blob ${content.length}\0`);
  return createHash('sha1').update(header).update(content).digest('hex'); // fine: weak-hash
}

export function shardFor(key, shards) {
  const digest = CryptoJS.MD5(key).words[0] >>> 0; // fine: weak-hash
  return digest % shards;
}

export function signManifest(manifest, privateKeyPem) {
  const key = forge.pki.privateKeyFromPem(privateKeyPem);
  const digest = forge.md.sha1.create(); // flaw: weak-hash
  digest.update(JSON.stringify(manifest), 'utf8');
  return forge.util.encode64(key.sign(digest));
}

export function signManifestNext(manifest, privateKey) {
  return sign('sha256', Buffer.from(JSON.stringify(manifest)), privateKey).toString('base64'); // fine: weak-hash
}

export function webhookMac(body, secret) {
  return createHmac('sha512', secret).update(body).digest('hex');
}
