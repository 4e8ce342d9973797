import * as fs from 'fs';
import * as path from 'path';
import AdmZip from 'adm-zip';
import * as unzipper from 'unzipper';
import * as tarStream from 'tar-stream';
import yauzl from 'yauzl';

const PLUGINS = '/srv/app/plugins';
const THEMES = '/srv/app/themes';

function destinationFor(root: string, entry: string): string {
  return path.join(root, entry);
}

function inside(root: string, entry: string): string {
  const base = path.resolve(root);
  const full = path.resolve(base, entry);
  if (full !== base && !full.startsWith(base + path.sep)) {
    throw new Error(`unexpected entry ${JSON.stringify(entry)}`);
  }
  return full;
}

export function installTheme(archive: string): void {
  const zip = new AdmZip(archive);
  for (const entry of zip.getEntries()) {
    if (!entry.isDirectory) {
      fs.writeFileSync(THEMES + '/' + entry.entryName, entry.getData()); // flaw: archive-extraction
    }
  }
}

export function installPlugin(archive: string): void {
  const zip = new AdmZip(archive);
  zip.getEntries().forEach((entry) => {
    if (entry.isDirectory) {
      return;
    }
    const target = inside(PLUGINS, entry.entryName);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, entry.getData()); // fine: archive-extraction
  });
}

export function restoreUpload(stream: NodeJS.ReadableStream, root: string): NodeJS.ReadableStream {
  return stream.pipe(unzipper.Parse()).on('entry', (entry: unzipper.Entry) => {
    const target = destinationFor(root, entry.path);
    if (entry.type === 'Directory') {
      fs.mkdirSync(target, { recursive: true }); // flaw: archive-extraction
      entry.autodrain();
      return;
    }
    entry.pipe(fs.createWriteStream(target)); // flaw: archive-extraction
  });
}

export function restoreFlat(stream: NodeJS.ReadableStream, root: string): NodeJS.ReadableStream {
  return stream.pipe(unzipper.Parse()).on('entry', (entry: unzipper.Entry) => {
    if (entry.type === 'Directory') {
      entry.autodrain();
      return;
    }
    const leaf = path.basename(entry.path.replace(/\\/g, '/'));
    if (leaf === '' || leaf === '.' || leaf === '..') {
      entry.autodrain();
      return;
    }
    entry.pipe(fs.createWriteStream(path.join(root, leaf))); // fine: archive-extraction
  });
}

export function importTar(source: NodeJS.ReadableStream, root: string): void {
  const extract = tarStream.extract();
  extract.on('entry', (header, stream, next) => {
    const segments = header.name.split('/').filter((s) => s.length > 0);
    const target = [root, ...segments].join('/');
    stream.on('end', next);
    stream.pipe(fs.createWriteStream(target)); // flaw: archive-extraction
  });
  source.pipe(extract);
}

export function importNumbered(source: NodeJS.ReadableStream, root: string): void {
  const extract = tarStream.extract();
  let index = 0;
  extract.on('entry', (_header, stream, next) => {
    index += 1;
    stream.on('end', next);
    stream.pipe(fs.createWriteStream(path.join(root, `part-${index}.bin`))); // fine: archive-extraction
  });
  source.pipe(extract);
}

export function listNames(archive: string, done: (names: string[]) => void): void {
  const names: string[] = [];
  yauzl.open(archive, { lazyEntries: false }, (err, zip) => {
    if (err || !zip) {
      done([]);
      return;
    }
    zip.on('entry', (entry: yauzl.Entry) => names.push(path.posix.join('/', entry.fileName))); // fine: archive-extraction
    zip.on('end', () => done(names));
  });
}
