import { createWriteStream, createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve, relative, isAbsolute, dirname, basename, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import JSZip from 'jszip';
import yauzl from 'yauzl-promise';
import tar from 'tar-stream';
import gunzip from 'gunzip-maybe';
import * as tarFs from 'tar-fs';
import { unzipSync } from 'fflate';

const DATASETS = '/data/sets';

class Unpacker {
  constructor(root) {
    this.root = root;
    this.count = 0;
  }

  async store(name, content) {
    const target = join(this.root, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content); // flaw: archive-extraction
    this.count += 1;
  }
}

function contained(root, name) {
  const rel = relative(root, resolve(root, name));
  return rel !== '' && rel !== '..' && !rel.startsWith('..' + sep) && !isAbsolute(rel);
}

export async function importDataset(buffer) {
  const zip = await JSZip.loadAsync(buffer);
  const unpacker = new Unpacker(DATASETS);
  for (const [, entry] of Object.entries(zip.files)) {
    if (!entry.dir) {
      await unpacker.store(entry.unsafeOriginalName, await entry.async('nodebuffer'));
    }
  }
  return unpacker.count;
}

export async function importSamples(buffer) {
  const zip = await JSZip.loadAsync(buffer);
  for (const entry of Object.values(zip.files)) {
    if (entry.dir || !contained(DATASETS, entry.name)) {
      continue;
    }
    const target = resolve(DATASETS, entry.name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await entry.async('nodebuffer')); // fine: archive-extraction
  }
}

export async function importModels(bytes) {
  const files = unzipSync(new Uint8Array(bytes));
  for (const name in files) {
    await writeFile(`${DATASETS}/models/${name}`, files[name]); // flaw: archive-extraction
  }
}

export async function importWeights(bytes) {
  const files = unzipSync(new Uint8Array(bytes));
  const wanted = ['weights.bin', 'labels.txt'];
  for (const name of wanted) {
    if (Object.hasOwn(files, name)) {
      await writeFile(`${DATASETS}/models/${name}`, files[name]); // fine: archive-extraction
    }
  }
}

export async function importLogs(file) {
  const zip = await yauzl.open(file, { validateFilenames: false });
  try {
    for await (const entry of zip) {
      if (entry.filename.endsWith('/')) {
        continue;
      }
      const input = await entry.openReadStream();
      const parts = entry.filename.split('/');
      const target = [DATASETS, 'logs', ...parts].join('/');
      await pipeline(input, createWriteStream(target)); // flaw: archive-extraction
    }
  } finally {
    await zip.close();
  }
}

export async function importNotes(file) {
  const zip = await yauzl.open(file);
  try {
    for await (const entry of zip) {
      const leaf = basename(entry.filename);
      if (!/^[\w-]+\.txt$/.test(leaf)) {
        continue;
      }
      await pipeline(await entry.openReadStream(), createWriteStream(join(DATASETS, 'notes', leaf))); // fine: archive-extraction
    }
  } finally {
    await zip.close();
  }
}

export async function importTarball(file) {
  const extract = tar.extract();
  const done = pipeline(createReadStream(file), gunzip(), extract);
  for await (const entry of extract) {
    let name = entry.header.name;
    if (name.startsWith('./')) {
      name = name.slice(2);
    }
    await pipeline(entry, createWriteStream(resolve(DATASETS, name))); // flaw: archive-extraction
  }
  await done;
}

export async function importSite(file) {
  const options = { ignore: (name) => basename(name).startsWith('.'), dmode: 0o755, fmode: 0o644 };
  await pipeline(createReadStream(file), gunzip(), tarFs.extract(join(DATASETS, 'site'), options)); // fine: archive-extraction
}
