import { createHmac, createDecipheriv, createSecretKey, randomBytes, scryptSync, createSign } from 'node:crypto';
import CryptoJS from 'crypto-js';
import { SignJWT } from 'jose';
import fastifyJwt from '@fastify/jwt';
import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';

const secrets = new SecretsManagerClient({});
const KEY_ID = 'alias/field-encryption-2023'; // fine: hard-coded-key
const KEYS = {
  mobile: 'J3v9Qz7LmX2wTb8RkP5dYc1HsN6fGa4U', // flaw: hard-coded-key
  web: process.env.WEB_KEY,
};

async function currentKey() {
  const answer = await secrets.send(new GetSecretValueCommand({ SecretId: KEY_ID }));
  return Buffer.from(answer.SecretBinary);
}

export async function mobileToken(subject) {
  const material = new TextEncoder().encode(KEYS.mobile);
  return new SignJWT({ sub: subject }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(material);
}

export class Vault {
  encrypt(text) {
    return CryptoJS.AES.encrypt(text, 'n0t-s0-s3cret-Pa55phrase-77').toString(); // flaw: hard-coded-key
  }

  async open(sealed) {
    const key = await currentKey();
    const iv = sealed.subarray(0, 12); // fine: hard-coded-key
    const decipher = createDecipheriv('aes-256-gcm', key, iv);
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  }
}

export function pinSeal(pin, key) {
  const options = {
    mode: CryptoJS.mode.CBC,
    iv: CryptoJS.enc.Hex.parse('a1b2c3d4e5f60718293a4b5c6d7e8f90'), // flaw: hard-coded-key
  };
  return CryptoJS.AES.encrypt(pin, key, options).toString();
}

export function unsubscribeLink(id) {
  const bytes = [0x4b, 0x1d, 0x9e, 0x77, 0x02, 0xac, 0x53, 0xe8, 0x60, 0x3f, 0x91, 0xd4, 0x2a, 0xb6, 0x08, 0xf5]; // flaw: hard-coded-key
  const key = createSecretKey(Buffer.from(bytes));
  const mac = createHmac('sha256', key).update(String(id)).digest('base64url');
  return `https://www.example.com/u/${encodeURIComponent(id)}/${mac}`;
}

export function exportKey(passphrase) {
  const salt = randomBytes(16); // fine: hard-coded-key
  return { salt, key: scryptSync(passphrase, salt, 32) };
}

export function domainTag(key, body) {
  return createHmac('sha256', key).update('example.com/upload/v1\n').update(body).digest('hex'); // fine: hard-coded-key
}

export function signer(privateKeyPath, readFileSync) {
  const pem = readFileSync(privateKeyPath, 'utf8');
  return (data) => createSign('sha256').update(data).sign(pem);
}

export async function build() {
  const app = Fastify();
  await app.register(cookie, { secret: process.env.COOKIE_SECRET }); // fine: hard-coded-key
  await app.register(fastifyJwt, { secret: 'fastify-prod-4d5f6a7b8c' }); // flaw: hard-coded-key
  return app;
}

export function storage() {
  return new S3Client({ region: 'eu-west-1' });
}
