import * as crypto from 'crypto';

const BLOCK_MODE = 'aes-128-ecb';
const RSA_BITS = 1024;

interface Sealed {
  iv: string;
  tag: string;
  body: string;
}

export class CardVault {
  constructor(private readonly key: Buffer) {}

  sealLegacy(pan: string): string {
    const cipher = crypto.createCipheriv(BLOCK_MODE, this.key.subarray(0, 16), null); // flaw: weak-cipher
    return cipher.update(pan, 'utf8', 'hex') + cipher.final('hex');
  }

  seal(pan: string): Sealed {
    const iv = crypto.randomBytes(12);
    const cipher = crypto.createCipheriv('aes-256-gcm', this.key, iv); // fine: weak-cipher
    const body = Buffer.concat([cipher.update(pan, 'utf8'), cipher.final()]);
    return { iv: iv.toString('hex'), tag: cipher.getAuthTag().toString('hex'), body: body.toString('hex') };
  }
}

export function encryptPin(pin: string, key: Buffer): Buffer {
  const iv = crypto.randomBytes(8);
  const cipher = crypto.createCipheriv('des-cbc', key, iv); // flaw: weak-cipher
  return Buffer.concat([iv, cipher.update(pin), cipher.final()]);
}

export function encryptMessage(text: string, key: Buffer): Buffer {
  const nonce = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 }); // fine: weak-cipher
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function cipherFor(profile: string, key: Buffer): crypto.Cipher {
  let name = 'rc4';
  if (profile === 'archive') {
    name = 'rc2-40-cbc';
  }
  const iv = profile === 'archive' ? crypto.randomBytes(8) : null;
  return crypto.createCipheriv(name, key, iv); // flaw: weak-cipher
}

export function encryptStream(profile: string, key: Buffer, chunks: Buffer[]): Buffer {
  const cipher = cipherFor(profile, key);
  const out = chunks.map((c) => cipher.update(c));
  out.push(cipher.final());
  return Buffer.concat(out);
}

export function deviceKeys(): crypto.KeyPairSyncResult<string, string> {
  const options = {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki' as const, format: 'pem' as const },
    privateKeyEncoding: { type: 'pkcs8' as const, format: 'pem' as const },
  };
  return crypto.generateKeyPairSync('rsa', options); // flaw: weak-cipher
}

export function serverKeys(): crypto.KeyPairSyncResult<string, string> {
  return crypto.generateKeyPairSync('rsa', { // fine: weak-cipher
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

export function signingKeys(): crypto.KeyPairKeyObjectResult {
  return crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }); // fine: weak-cipher
}
