import * as fs from 'node:fs';
import { chmod, mkdir, open, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
import { ensureDir, outputFile } from 'fs-extra';
import { mkdirp } from 'mkdirp';

const HOME = '/opt/collector';
const SOCKET = '/run/collector/control.sock';
const ALL = constants.S_IRWXU | constants.S_IRWXG | constants.S_IRWXO;
const OWNER = constants.S_IRUSR | constants.S_IWUSR;

interface Layout {
  folder: string;
  mode: number;
}

const LAYOUT: Layout[] = [
  { folder: 'queue', mode: 0o700 },
  { folder: 'archive', mode: 0o750 },
];

export class Installer {
  constructor(private readonly root: string = HOME) {}

  async folders(): Promise<void> {
    for (const entry of LAYOUT) {
      await mkdir(join(this.root, entry.folder), { recursive: true, mode: entry.mode }); // fine: permissions
    }
  }

  async script(body: string): Promise<void> {
    const file = join(this.root, 'collect.sh');
    await writeFile(file, body);
    await chmod(file, '777'); // flaw: permissions
  }

  async hook(body: string): Promise<void> {
    const file = join(this.root, 'hook.sh');
    await writeFile(file, body);
    await chmod(file, '755'); // fine: permissions
  }

  async plugins(): Promise<void> {
    await this.relax(join(this.root, 'plugins'), ALL);
  }

  private async relax(path: string, mode: number): Promise<void> {
    await ensureDir(path);
    await chmod(path, mode); // flaw: permissions
  }
}

export async function saveKey(pem: string): Promise<void> {
  const handle = await open(join(HOME, 'collector.pem'), 'w', OWNER); // fine: permissions
  try {
    await handle.writeFile(pem);
  } finally {
    await handle.close();
  }
}

export async function saveConfig(text: string): Promise<void> {
  const handle = await open(join(HOME, 'collector.conf'), 'a');
  try {
    await handle.writeFile(text);
    await handle.chmod(0o666); // flaw: permissions
  } finally {
    await handle.close();
  }
}

export async function saveState(text: string): Promise<void> {
  const options = { mode: 0o640, encoding: 'utf8' as const };
  await outputFile(join(HOME, 'state.json'), text, options); // fine: permissions
}

export function control(onSocket: (s: net.Socket) => void): net.Server {
  const server = net.createServer(onSocket);
  server.listen({ path: SOCKET, readableAll: true, writableAll: true }); // flaw: permissions
  return server;
}

export function controlPrivate(onSocket: (s: net.Socket) => void): net.Server {
  const server = net.createServer(onSocket);
  server.listen(SOCKET, () => fs.chmodSync(SOCKET, 0o660)); // fine: permissions
  return server;
}

export async function spool(): Promise<void> {
  const path = join(HOME, 'spool');
  await mkdirp(path, { mode: 0o755 });
  const current = fs.statSync(path).mode;
  fs.chmodSync(path, current | constants.S_IWOTH); // flaw: permissions
}
