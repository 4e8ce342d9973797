import { createCipheriv, publicEncrypt, constants, randomBytes, generateKeyPair, webcrypto, createDiffieHellman } from 'node:crypto';
import { promisify } from 'node:util';
import CryptoJS from 'crypto-js';
import forge from 'node-forge';

const makePair = promisify(generateKeyPair);
const PROFILES = {
  edge: { algorithm: 'aes-128-gcm', ivLength: 12 },
  cloud: { algorithm: 'aes-256-gcm', ivLength: 12 },
};

export class Envelope {
  constructor(key) {
    this.key = key;
    this.config = { mode: CryptoJS.mode.ECB, padding: CryptoJS.pad.Pkcs7 };
  }

  wrap(text) {
    return CryptoJS.AES.encrypt(text, this.key, this.config).toString(); // flaw: weak-cipher
  }

  async wrapNext(text) {
    const iv = webcrypto.getRandomValues(new Uint8Array(12));
    const key = await webcrypto.subtle.importKey('raw', this.key, 'AES-GCM', false, ['encrypt']);
    const data = new TextEncoder().encode(text);
    return { iv, body: await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, data) }; // fine: weak-cipher
  }
}

export function hideSerial(serial, key) {
  return CryptoJS.TripleDES.encrypt(serial, key, { iv: CryptoJS.lib.WordArray.random(8) }).toString(); // flaw: weak-cipher
}

function open(profile, key) {
  const iv = randomBytes(profile.ivLength);
  const cipher = createCipheriv(profile.algorithm, key, iv); // fine: weak-cipher
  return { iv, cipher };
}

export function sendToCloud(payload, key) {
  const { iv, cipher } = open(PROFILES.cloud, key);
  const body = Buffer.concat([cipher.update(payload), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

export function sendToPos(payload, key) {
  const size = key.length * 8;
  const name = `aes-${size}-` + 'ecb';
  const cipher = createCipheriv(name, key, null); // flaw: weak-cipher
  return Buffer.concat([cipher.update(payload), cipher.final()]);
}

export function sendToKiosk(payload, key, hmac) {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', key, iv); // fine: weak-cipher
  const body = Buffer.concat([iv, cipher.update(payload), cipher.final()]);
  return Buffer.concat([body, hmac(body)]);
}

export async function agentKeys(kind) {
  let modulusLength = 4096;
  if (kind === 'sensor') {
    modulusLength = 768;
  }
  return makePair('rsa', { modulusLength }); // flaw: weak-cipher
}

export function browserKeys() {
  return webcrypto.subtle.generateKey({ // fine: weak-cipher
    name: 'RSA-OAEP',
    modulusLength: 4096,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  }, true, ['encrypt', 'decrypt']);
}

export function printerKeys() {
  return forge.pki.rsa.generateKeyPair({ bits: 512, e: 0x10001 }); // flaw: weak-cipher
}

export function wrapKey(publicKey, key) {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, key); // fine: weak-cipher
}

export function exchange() {
  const dh = createDiffieHellman(512); // flaw: weak-cipher
  return dh.generateKeys('hex');
}
