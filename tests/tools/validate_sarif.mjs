// Validates SARIF files: first against the JSON schema (a bad enumeration makes the multitool silent), then with the
// official multitool, GitHub's rules included. Prints every result of level error or warning; exit code 1 if there is any.
//   node validate_sarif.mjs FILE...
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const multitool = join(here, 'node_modules/@microsoft/sarif-multitool-linux');
if (!existsSync(multitool)) {
  console.error('the SARIF validator is not installed: run ci/setup --tests');
  process.exit(2);
}
const { default: Ajv } = await import('ajv');
const { default: addFormats } = await import('ajv-formats');

const schema = JSON.parse(readFileSync(join(multitool, 'sarif-2.1.0.json'), 'utf8'));
delete schema.$schema; // names a draft that Ajv does not load by default
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const matchesSchema = ajv.compile(schema);

const binary = join(multitool, 'Sarif.Multitool');
chmodSync(binary, 0o755); // installed without scripts it lacks the bit
// needs a server that is not there when tests run without a network
const ignored = new Set(['SARIF2006']);
let bad = 0;

function check(file, folder) {
  const log = JSON.parse(readFileSync(file, 'utf8'));
  if (!matchesSchema(log)) {
    for (const error of matchesSchema.errors.slice(0, 20)) console.error(`${file}: schema: ${error.instancePath} ${error.message}`);
    bad += 1;
    return;
  }
  const output = join(folder, 'out.sarif');
  execFileSync(binary, ['validate', file, '--rule-kind', 'Sarif;Gh', '--output', output, '--log', 'ForceOverwrite', '--level', 'Error;Warning;Note'],
    { env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', DOTNET_BUNDLE_EXTRACT_BASE_DIR: folder }, stdio: ['ignore', 'ignore', 'inherit'] });
  const verdict = JSON.parse(readFileSync(output, 'utf8'));
  for (const run of verdict.runs) {
    for (const notice of run.invocations?.flatMap(i => i.toolExecutionNotifications ?? []) ?? []) {
      if (notice.level !== 'error') continue;
      console.error(`${file}: validator: ${notice.message.text}`);
      bad += 1;
    }
    const levels = new Map(run.tool.driver.rules?.map(rule => [rule.id, rule.defaultConfiguration?.level ?? 'warning']));
    for (const result of run.results ?? []) {
      const level = result.level ?? levels.get(result.ruleId.split('/')[0]) ?? 'warning';
      if (ignored.has(result.ruleId) || (level !== 'error' && level !== 'warning')) continue;
      const at = result.locations?.[0]?.physicalLocation?.region?.startLine ?? 0;
      console.error(`${file}:${at}: ${level} ${result.ruleId}: ${result.message.text ?? JSON.stringify(result.message)}`);
      bad += 1;
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'peer-sarif-'));
try {
  for (const file of process.argv.slice(2)) check(file, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(bad > 0 ? 1 : 0);
