// Run when Peer is built: prints "FIRST LAST CLASS" for every stretch of code points of one class, as the regular
// expressions of the tokenizers see them. CLASS is the sum of the bits in analyzers/compress/tokens/classes.hpp.
// White space is Unicode's, as in the tokenizers' own code: JavaScript's \s adds U+FEFF and lacks U+0085.
const tests = [[/\p{L}/u, 1], [/\p{N}/u, 2], [/\p{White_Space}/u, 4], [/[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]/u, 8],
  [/[\p{Ll}\p{Lm}\p{Lo}\p{M}]/u, 16], [/[\r\n]/u, 32]];
const classOf = (point) => {
  const text = String.fromCodePoint(point);
  return tests.reduce((sum, [pattern, bit]) => (pattern.test(text) ? sum | bit : sum), 0);
};
const rows = [];
let first = 0, before = classOf(0);
for (let point = 1; point <= 0x110000; ++point) {
  const now = point > 0x10ffff ? -1 : point >= 0xd800 && point <= 0xdfff ? 0 : classOf(point);
  if (now === before) continue;
  if (before !== 0) rows.push(`${first} ${point - 1} ${before}`);
  first = point;
  before = now;
}
console.log(rows.join("\n"));
