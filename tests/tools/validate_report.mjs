// Validates Peer's own JSON reports against docs/report.schema.json (draft-07). Exit code 1 if one does not match.
//   node validate_report.mjs SCHEMA FILE...
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
if (!existsSync(join(here, 'node_modules/ajv'))) {
  console.error('the JSON schema validator is not installed: run ci/setup --tests');
  process.exit(2);
}
const { default: Ajv } = await import('ajv');

// readers must bear keys they do not know; what Peer writes must all be described
function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return copy.type === 'object' && copy.properties ? { additionalProperties: false, ...copy } : copy;
}

const [schema, ...files] = process.argv.slice(2);
const matches = new Ajv({ strict: true, allErrors: true }).compile(closed(JSON.parse(readFileSync(schema, 'utf8'))));
let bad = 0;
for (const file of files) {
  if (matches(JSON.parse(readFileSync(file, 'utf8')))) continue;
  for (const error of matches.errors.slice(0, 20)) console.error(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  bad += 1;
}
process.exit(bad > 0 ? 1 : 0);
