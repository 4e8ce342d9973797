import { promises as fsp, createWriteStream, mkdtempSync, openSync, writeSync, closeSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { randomUUID, randomBytes } from 'crypto';
import { Injectable } from '@nestjs/common';
import multer from 'multer';
import sharp from 'sharp';
import { temporaryFile } from 'tempy';

const STAGING = join(tmpdir(), 'invoice-staging.json');

interface Invoice {
  number: number;
  total: number;
}

@Injectable()
export class InvoiceStaging {
  private readonly names: string[] = [];

  async stage(invoices: Invoice[]): Promise<void> {
    await fsp.writeFile(STAGING, JSON.stringify(invoices)); // flaw: temp-file
  }

  async stageNext(invoices: Invoice[]): Promise<string> {
    const folder = await fsp.mkdtemp(join(tmpdir(), 'invoices-')); // fine: temp-file
    const file = join(folder, 'staging.json');
    await fsp.writeFile(file, JSON.stringify(invoices));
    return file;
  }

  async resize(image: Buffer, width: number): Promise<string> {
    const name = `thumb_${width}_${this.names.length}.png`;
    const target = `${tmpdir()}/${name}`;
    this.names.push(name);
    await sharp(image).resize(width).toFile(target); // flaw: temp-file
    return target;
  }

  async resizeNext(image: Buffer, width: number): Promise<Buffer> {
    const target = temporaryFile({ extension: 'png' });
    const handle = await fsp.open(target, 'wx', 0o600); // fine: temp-file
    try {
      await handle.writeFile(await sharp(image).resize(width).png().toBuffer());
      return await fsp.readFile(target);
    } finally {
      await handle.close();
      await fsp.unlink(target);
    }
  }
}

export function dumpState(state: unknown): void {
  const fd = openSync(`/tmp/gateway.${process.pid}.dump`, 'w'); // flaw: temp-file
  try {
    writeSync(fd, JSON.stringify(state));
  } finally {
    closeSync(fd);
  }
}

export function dumpStateNext(state: unknown): void {
  const name = randomBytes(12).toString('hex');
  const fd = openSync(join(tmpdir(), `gateway.${name}.dump`), 'wx', 0o600); // fine: temp-file
  try {
    writeSync(fd, JSON.stringify(state));
  } finally {
    closeSync(fd);
  }
}

export const upload = multer({
  storage: multer.diskStorage({
    destination: '/var/lib/gateway/incoming',
    filename: (_req, _file, done) => done(null, randomUUID()), // fine: temp-file
  }),
});

export function session(user: string): NodeJS.WritableStream {
  const parts = ['session', Buffer.from(user).toString('hex')];
  if (process.env.SHARD) {
    parts.push(process.env.SHARD);
  }
  const file = ['/var/tmp', parts.join('.')].join('/');
  return createWriteStream(file); // flaw: temp-file
}

export function sessionNext(user: string): NodeJS.WritableStream {
  const folder = mkdtempSync('/var/tmp/session-');
  return createWriteStream(join(folder, Buffer.from(user).toString('hex'))); // fine: temp-file
}
