import { randomUUID, randomBytes, getRandomValues } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { customAlphabet } from 'nanoid';
import { customAlphabet as looseAlphabet } from 'nanoid/non-secure';
import sample from 'lodash/sample';
import seedrandom from 'seedrandom';
import Chance from 'chance';

const DIGITS = '0123456789';
const LETTERS = [...'abcdefghijkmnpqrstuvwxyz'];
const chance = new Chance();

interface Voucher {
  code: string;
  cents: number;
}

@Injectable()
export class CredentialService {
  private readonly otp = customAlphabet(DIGITS, 8);

  private readonly recovery = looseAlphabet(DIGITS, 10);

  oneTimeCode(): string {
    return this.otp(); // fine: weak-random
  }

  recoveryCodes(): string[] {
    return Array.from({ length: 8 }, () => this.recovery()); // flaw: weak-random
  }

  initialPassword(): string {
    const letters: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      letters.push(sample(LETTERS) as string); // flaw: weak-random
    }
    return letters.join('');
  }

  csrfToken(): string {
    return chance.hash({ length: 32 }); // flaw: weak-random
  }

  apiKey(): string {
    const bytes = getRandomValues(new Uint8Array(24));
    return Buffer.from(bytes).toString('base64url'); // fine: weak-random
  }

  sessionId(): string {
    return randomUUID(); // fine: weak-random
  }

  encryptionIv(): Buffer {
    const iv = Buffer.alloc(16);
    for (let i = 0; i < iv.length; i += 1) {
      iv[i] = Math.floor(Math.random() * 256); // flaw: weak-random
    }
    return iv;
  }

  salt(): Buffer {
    return randomBytes(16); // fine: weak-random
  }
}

export function vouchers(count: number): Voucher[] {
  const rng = seedrandom(String(Date.now()));
  const list: Voucher[] = [];
  while (list.length < count) {
    const code = Math.floor(rng() * 1e12).toString(36).toUpperCase(); // flaw: weak-random
    list.push({ code, cents: 5000 });
  }
  return list;
}

export function terrain(seed: string, width: number): number[] {
  const rng = seedrandom(seed);
  return Array.from({ length: width }, () => rng() * 40); // fine: weak-random
}

export function rolloutBucket(): 'a' | 'b' {
  return Math.random() < 0.5 ? 'a' : 'b'; // fine: weak-random
}

export function placeholderName(): string {
  return chance.animal(); // fine: weak-random
}
