// Encodes texts with npm's gpt-tokenizer: `encode_tokens.mjs NODE_MODULES < TEXTS`. A text is its length in bytes, a
// blank and its bytes; each gives two lines of token numbers, o200k_base's and cl100k_base's. Special words are text.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
const encoders = ["o200k_base", "cl100k_base"].map((name) => require(`gpt-tokenizer/encoding/${name}`));
const input = readFileSync(0);
const lines = [];
for (let at = 0; at < input.length;) {
  const blank = input.indexOf(0x20, at);
  const begin = blank + 1, end = begin + Number(input.subarray(at, blank).toString());
  const text = input.subarray(begin, end).toString("utf8");
  for (const { encode } of encoders) lines.push(encode(text, { disallowedSpecial: new Set() }).join(" "));
  at = end;
}
process.stdout.write(`${lines.join("\n")}\n`);
