// Holds GraphQL documents, given as a JSON array on standard input, against GitHub's schema.
//   node validate_graphql.mjs < documents.json
// Prints what is wrong; exit code 1 if anything is.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema, parse, validate } from "graphql";

const here = dirname(fileURLToPath(import.meta.url));
// the schema holds some fields twice
const schema = buildSchema(readFileSync(join(here, "node_modules/@octokit/graphql-schema/schema.graphql"), "utf8"), { assumeValidSDL: true });
let wrong = 0;
for (const document of JSON.parse(readFileSync(0, "utf8")))
  for (const error of validate(schema, parse(document))) {
    wrong += 1;
    console.log(`${error.message}\n  in ${document}`);
  }
process.exit(wrong > 0 ? 1 : 0);
