import { existsSync, openSync, writeSync, closeSync, renameSync, statSync, unlinkSync, constants, mkdirSync, rmSync } from 'node:fs';
import { access, open, stat, readFile, writeFile, chmod, rename, link } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

const INBOX = '/var/lib/mailer/inbox';
const MAX = 256 * 1024;

export class Mailbox {
  constructor(private readonly root: string = INBOX) {}

  private file(id: number): string {
    return join(this.root, `${id}.eml`);
  }

  private async free(id: number): Promise<boolean> {
    try {
      await access(this.file(id));
      return false;
    } catch {
      return true;
    }
  }

  async deliver(id: number, text: string): Promise<boolean> {
    const free = await this.free(id);
    if (!free) {
      return false;
    }
    await writeFile(this.file(id), text); // flaw: file-race
    return true;
  }

  async deliverOnce(id: number, text: string): Promise<boolean> {
    const draft = join(this.root, `.${randomUUID()}`);
    await writeFile(draft, text, { flag: 'wx' });
    try {
      await link(draft, this.file(id)); // fine: file-race
      return true;
    } finally {
      unlinkSync(draft);
    }
  }

  async read(id: number): Promise<string | null> {
    const info = await stat(this.file(id));
    if (!info.isFile() || info.size > MAX) {
      return null;
    }
    return readFile(this.file(id), 'utf8'); // flaw: file-race
  }

  async readBounded(id: number): Promise<string | null> {
    const handle = await open(this.file(id), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const info = await handle.stat();
      return info.size > MAX ? null : await handle.readFile('utf8'); // fine: file-race
    } finally {
      await handle.close();
    }
  }
}

export function claimPort(name: string): boolean {
  const path = `/run/mailer/ports/${name}.lock`;
  if (existsSync(path)) {
    return false;
  }
  const fd = openSync(path, 'w'); // flaw: file-race
  writeSync(fd, String(process.pid));
  closeSync(fd);
  return true;
}

export function claimFolder(name: string): boolean {
  try {
    mkdirSync(`/run/mailer/${name}.lock`); // fine: file-race
    return true;
  } catch {
    return false;
  }
}

export function purge(path: string): void {
  const info = statSync(path);
  const expired = Date.now() - info.mtimeMs > 86400000;
  if (info.uid === process.getuid?.() && expired) {
    unlinkSync(path); // flaw: file-race
  }
}

export function purgeQuietly(path: string): void {
  rmSync(path, { force: true }); // fine: file-race
}

export async function publish(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.chmod(0o644);
  } finally {
    await handle.close();
  }
  await rename(draft, path); // fine: file-race
}

export async function seal(path: string): Promise<void> {
  const info = await stat(path);
  if (info.uid === 0) {
    throw new Error('owned by root');
  }
  await chmod(path, 0o600); // flaw: file-race
}

export function rotate(path: string): void {
  renameSync(path, `${path}.1`);
}
