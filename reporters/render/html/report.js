// Shows the report that stands as JSON in this page. Everything from the report reaches the page as text
// nodes, never as markup. Only as many findings are in the document as were scrolled to, so that 10,000
// stay quick to filter.
"use strict";

const report = JSON.parse(document.getElementById("data").textContent);
const kPage = 150; // findings put into the document at a time
const kSeverities = ["error", "warning", "info", "hint"];
const byId = (id) => document.getElementById(id);

// --- elements ------------------------------------------------------------------------------------

function make(tag, options, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "onclick") element.addEventListener("click", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

// What cannot be seen (controls, directions, invisible marks) is shown by its number.
const kUnseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

function visible(text) {
  const parts = document.createDocumentFragment();
  let at = 0;
  for (const match of text.matchAll(kUnseen)) {
    parts.append(text.slice(at, match.index));
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.append(make("span", { class: "esc" }, "U+" + code));
    at = match.index + match[0].length;
  }
  parts.append(text.slice(at));
  return parts;
}

// Only addresses of the web become links.
function link(address) {
  if (!/^https?:\/\//.test(address)) return make("span", {}, visible(address));
  return make("a", { href: address, rel: "noopener noreferrer" }, visible(address));
}

// --- code ----------------------------------------------------------------------------------------

const kWords = new Set(("abstract alignas and as assert async await auto bool boolean break byte case catch chan char class const " +
  "constexpr continue crate def default defer del delete do double elif else elsif end enum except explicit export extends extern " +
  "false final finally float fn for foreach from fun func function global go goto if impl implements import in include instanceof " +
  "int interface internal is lambda let local long loop match mod module mut namespace new nil none None not null nullptr object " +
  "operator or override package pass private protected pub public raise range readonly ref return select self short signed sizeof " +
  "static struct super switch template then this throw throws trait true True False try type typedef typeof union unless unsafe " +
  "unsigned until use using val var virtual void volatile when where while with yield").split(" "));
const kHash = new Set(["python", "ruby", "bash", "yaml", "php"]);
const kDash = new Set(["lua"]);

// [begin, end, class] of what is coloured in one line; a line is read alone, so long strings and comments
// that began above it stay plain.
function tokens(line, language) {
  const comment = kHash.has(language) ? "#.*|" : kDash.has(language) ? "--.*|" : "";
  const slashes = kHash.has(language) && language !== "php" || kDash.has(language) ? "" : "\\/\\/.*|\\/\\*.*?(?:\\*\\/|$)|";
  const pattern = new RegExp("(" + slashes + comment + "<!--.*?-->)|(\"(?:[^\"\\\\]|\\\\.)*\"?|'(?:[^'\\\\]|\\\\.)*'?|`[^`]*`?)|(\\b\\d[\\w.]*)|([A-Za-z_]\\w*)", "g");
  const found = [];
  for (const match of line.slice(0, 2000).matchAll(pattern)) {
    const kind = match[1] ? "c" : match[2] ? "s" : match[3] ? "d" : kWords.has(match[4]) ? "k" : "";
    if (kind) found.push([match.index, match.index + match[0].length, kind]);
  }
  return found;
}

// The line with colours; [from, to) is marked.
function code(line, language, from = 0, to = 0) {
  const cuts = tokens(line, language);
  const parts = document.createDocumentFragment();
  const put = (begin, end, kind) => {
    if (begin >= end) return;
    const inside = begin >= from && end <= to && to > from;
    let node = visible(line.slice(begin, end));
    if (kind) node = make("span", { class: kind }, node);
    parts.append(inside ? make("mark", {}, node) : node);
  };
  const split = (begin, end, kind) => {
    const edges = [begin, ...[from, to].filter((x) => to > from && x > begin && x < end), end];
    for (let i = 0; i + 1 < edges.length; ++i) put(edges[i], edges[i + 1], kind);
  };
  let at = 0;
  for (const [begin, end, kind] of cuts) {
    split(at, begin, "");
    split(begin, end, kind);
    at = end;
  }
  split(at, line.length, "");
  return parts;
}

function frame(at, part, language) {
  const body = make("tbody");
  part.lines.forEach((line, index) => {
    const number = part.first_line + index;
    const here = number >= at.line && number <= at.end_line;
    const shift = part.first_column - 1;
    const from = number === at.line ? at.column - 1 - shift : 0;
    const to = number === at.end_line ? at.end_column - 1 - shift : line.length;
    body.append(make("tr", { class: here ? "here" : null }, make("td", { class: "n" }, String(number)),
      make("td", {}, here ? code(line, language, Math.max(0, from), Math.max(0, to)) : code(line, language))));
  });
  return make("div", { class: "code", tabindex: "0", role: "region", "aria-label": "code" }, make("table", {}, body));
}

// Rows of [old number, old line, new number, new line]; null where a side has no line.
function pairs_of_diff(diff) {
  const rows = [];
  let old_line = 0, new_line = 0, removed = [], added = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); ++i)
      rows.push([...(removed[i] || [null, null]), ...(added[i] || [null, null]), "changed"]);
    removed = [];
    added = [];
  };
  for (const line of diff.split("\n")) {
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
    if (head) { flush(); old_line = Number(head[1]); new_line = Number(head[2]); continue; }
    if (!old_line && !new_line) continue;
    if (line.startsWith("-")) removed.push([old_line++, line.slice(1)]);
    else if (line.startsWith("+")) added.push([new_line++, line.slice(1)]);
    else if (line.startsWith(" ")) { flush(); rows.push([old_line++, line.slice(1), new_line++, line.slice(1), "same"]); }
  }
  flush();
  return rows;
}

function pairs_of_lines(fix) {
  const rows = [];
  for (let i = 0; i < Math.max(fix.before.length, fix.after.length); ++i) {
    const old_side = i < fix.before.length, new_side = i < fix.after.length;
    rows.push([old_side ? fix.line + i : null, old_side ? fix.before[i] : null, new_side ? fix.line + i : null,
      new_side ? fix.after[i] : null, "changed"]);
  }
  return rows;
}

function sides(rows, language, decision) {
  const body = make("tbody");
  const cell = (number, line, name, changed) => {
    const kind = line === null ? "" : !changed ? "" : name === "old" ? " removed" : decision === "offer" ? " added warned" : " added";
    return [make("td", { class: "n" }, number === null ? "" : String(number)),
      make("td", { class: name + kind }, line === null ? "" : code(line, language))];
  };
  for (const [old_number, old_line, new_number, new_line, kind] of rows) {
    const changed = kind === "changed" && old_line !== new_line;
    body.append(make("tr", {}, ...cell(old_number, old_line, "old", changed), ...cell(new_number, new_line, "new", changed)));
  }
  return make("div", { class: "code sides", tabindex: "0", role: "region", "aria-label": "fix, old and new side by side" },
    make("table", {}, body));
}

// --- a finding -----------------------------------------------------------------------------------

function meter(confidence, what) {
  const percent = Math.round(confidence * 100);
  const bar = make("i");
  bar.style.width = percent + "%";
  const grade = percent >= 80 ? "good" : percent >= 60 ? "fair" : "poor";
  return make("span", { class: "confidence" }, make("span", { class: "meter " + grade, "aria-hidden": "true" }, bar),
    make("span", {}, percent + " %"), make("span", { class: "visually-hidden" }, " confidence of " + what));
}

function fix_words(finding) {
  const fix = finding.fix;
  if (!fix) return "";
  if (fix.decision === "apply") return "fix proved";
  if (fix.decision === "offer") return "fix offered";
  if (fix.decision === "reject") return "fix rejected";
  return fix.safe ? "safe fix" : "unsafe fix";
}

function row_of(index) {
  const finding = report.findings[index];
  const rule = report.rules[finding.rule];
  const place = report.files[finding.file].path + ":" + finding.line;
  const button = make("button", { class: "finding", type: "button", "aria-expanded": "false", onclick: () => toggle(item, index) },
    make("span", { class: "severity " + finding.severity }, finding.severity),
    make("span", { class: "what" }, visible(finding.message)),
    make("span", { class: "state" }, meter(finding.confidence, "the finding")),
    make("span", { class: "where dim" }, make("span", { class: "mono" }, visible(place)), "  ", rule.id,
      finding.suppressed ? "  set aside (" + finding.suppressed + ")" : "", fix_words(finding) ? "  [" + fix_words(finding) + "]" : ""));
  const item = make("li", { "data-index": String(index) }, button);
  return item;
}

function labelled(word, text) {
  return text ? make("p", {}, make("strong", {}, word + ": "), visible(text)) : null;
}

function fix_of(finding, language) {
  const fix = finding.fix;
  if (!fix) return null;
  const rows = fix.before ? pairs_of_lines(fix) : fix.diff ? pairs_of_diff(fix.diff) : [];
  const part = make("div", {}, make("p", {}, make("strong", {}, "Fix: "), visible(fix.title), " ",
    fix.confidence === undefined ? "" : meter(fix.confidence, "the fix")));
  if (fix.proof) part.append(make("p", { class: "dim" }, visible(fix.proof)));
  if (fix.reasoning) part.append(make("p", {}, visible(fix.reasoning)));
  if (rows.length) part.append(sides(rows, language, fix.decision));
  return part;
}

function detail_of(finding) {
  const rule = report.rules[finding.rule];
  const language = report.files[finding.file].language;
  const part = make("div", { class: "detail" });
  if (finding.frame) part.append(frame(finding, finding.frame, language));
  for (const other of finding.related || []) {
    part.append(make("p", {}, visible(other.message), make("span", { class: "dim" }, " " + (other.path ? other.path + " " : "") + "line " + other.line)));
    if (other.frame && other.frame.lines.length) part.append(frame(other, other.frame, language));
  }
  for (const line of [labelled("Why", finding.why || rule.why), labelled("What to do", finding.help || rule.help), fix_of(finding, language)])
    if (line) part.append(line);
  const facts = [rule.title, finding.symbol ? "in " + finding.symbol : "", (finding.cwe || []).map((id) => "CWE-" + id).join(", "),
    finding.tools ? "also said by " + finding.tools.join(", ") : "", "fingerprint " + finding.fingerprint.slice(0, 16)].filter(Boolean);
  part.append(make("p", { class: "dim" }, visible(facts.join(" · "))));
  if (rule.references && rule.references.length)
    part.append(make("ul", {}, ...rule.references.map((address) => make("li", {}, link(address)))));
  return part;
}

function toggle(item, index) {
  const button = item.firstChild;
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", open ? "false" : "true");
  if (open) item.lastChild.remove();
  else item.append(detail_of(report.findings[index]));
}

// --- choosing ------------------------------------------------------------------------------------

const chosen = { severities: new Set(kSeverities), confidence: 0, type: "", rule: "", fix: "", words: [], order: "severity", aside: false };
let shown = [];
let put = 0;

const haystacks = report.findings.map((finding) => [finding.message, report.files[finding.file].path + ":" + finding.line,
  report.rules[finding.rule].id, finding.symbol || ""].join("\n").toLowerCase());

function fits(finding, index) {
  if (!chosen.severities.has(finding.severity) || finding.confidence < chosen.confidence) return false;
  if (finding.suppressed && !chosen.aside) return false;
  if (chosen.type && report.files[finding.file].type !== chosen.type) return false;
  if (chosen.rule && report.rules[finding.rule].id !== chosen.rule) return false;
  if (chosen.fix === "proved" && !(finding.fix && finding.fix.decision === "apply")) return false;
  if (chosen.fix === "fixable" && !finding.fix) return false;
  if (chosen.fix === "none" && finding.fix) return false;
  return chosen.words.every((word) => haystacks[index].includes(word));
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const kOrders = {
  severity: (a, b) => kSeverities.indexOf(a.severity) - kSeverities.indexOf(b.severity),
  file: (a, b) => compare(report.files[a.file].path, report.files[b.file].path) || a.line - b.line,
  confidence: (a, b) => b.confidence - a.confidence,
  rule: (a, b) => compare(report.rules[a.rule].id, report.rules[b.rule].id),
};

function choose() {
  shown = [];
  report.findings.forEach((finding, index) => { if (fits(finding, index)) shown.push(index); });
  const order = kOrders[chosen.order];
  shown.sort((a, b) => order(report.findings[a], report.findings[b]) || a - b);
  put = 0;
  byId("findings").replaceChildren();
  more();
  const all = report.findings.filter((finding) => chosen.aside || !finding.suppressed).length;
  byId("count").textContent = shown.length === all ? `${all} ${all === 1 ? "finding" : "findings"}` : `${shown.length} of ${all} findings`;
}

function more(count = kPage) {
  const end = Math.min(shown.length, put + count);
  const part = document.createDocumentFragment();
  for (; put < end; ++put) part.append(row_of(shown[put]));
  byId("findings").append(part);
  byId("more").hidden = put >= shown.length;
}

function select(id, label, options, change) {
  const element = make("select", { id }, ...options.map(([value, text]) => make("option", { value }, text)));
  element.addEventListener("change", () => { change(element.value); choose(); });
  return make("label", {}, make("span", { class: "visually-hidden" }, label), element);
}

function controls() {
  const counts = Object.fromEntries(kSeverities.map((name) => [name, 0]));
  for (const finding of report.findings) if (!finding.suppressed) counts[finding.severity] += 1;
  const row = byId("filters");
  for (const name of kSeverities) {
    const button = make("button", { type: "button", class: "severity " + name, "aria-pressed": "true" }, `${name} ${counts[name]}`);
    button.addEventListener("click", () => {
      const on = chosen.severities.has(name);
      if (on) chosen.severities.delete(name);
      else chosen.severities.add(name);
      button.setAttribute("aria-pressed", String(!on));
      choose();
    });
    row.append(button);
  }
  const types = [...new Set(report.findings.map((finding) => report.files[finding.file].type))].sort();
  const rules = [...new Set(report.findings.map((finding) => report.rules[finding.rule].id))].sort();
  row.append(
    select("confidence", "least confidence", [["0", "any confidence"], ["0.6", "60 % and over"], ["0.8", "80 % and over"], ["0.9", "90 % and over"]],
      (value) => { chosen.confidence = Number(value); }),
    select("type", "file type", [["", "all file types"], ...types.map((type) => [type, type])], (value) => { chosen.type = value; }),
    select("rule", "rule", [["", "all rules"], ...rules.map((rule) => [rule, rule])], (value) => { chosen.rule = value; }),
    select("fix", "fixes", [["", "fixed or not"], ["proved", "fix proved"], ["fixable", "with a fix"], ["none", "without a fix"]], (value) => { chosen.fix = value; }),
    select("order", "order", [["severity", "by severity"], ["file", "by file"], ["rule", "by rule"], ["confidence", "by confidence"]],
      (value) => { chosen.order = value; }));
  if (report.findings.some((finding) => finding.suppressed)) {
    const box = make("input", { type: "checkbox", id: "aside" });
    box.addEventListener("change", () => { chosen.aside = box.checked; choose(); });
    row.append(make("label", {}, box, " set aside too"));
  }
  const search = byId("search");
  search.addEventListener("input", () => {
    chosen.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    choose();
  });
}

// --- the rest of the page ------------------------------------------------------------------------

function table(heads, rows, numbers = []) {
  const cell = (tag) => (text, index) => make(tag, { class: numbers.includes(index) ? "number" : null, scope: tag === "th" ? "col" : null },
    typeof text === "string" ? visible(text) : text);
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": heads.join(", ") },
    make("table", { class: "plain" }, make("thead", {}, make("tr", {}, ...heads.map(cell("th")))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell("td")))))));
}

function trend() {
  const history = report.history || [];
  if (history.length < 2) return;
  const most = Math.max(1, ...history.map((entry) => entry.total));
  const points = history.map((entry, index) => `${(100 * index) / (history.length - 1)},${28 - (26 * entry.total) / most}`).join(" ");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "trend");
  svg.setAttribute("viewBox", "0 0 100 30");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `findings of ${history.length} audits, from ${history[0].total} to ${history[history.length - 1].total}`);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  line.setAttribute("points", points);
  svg.append(line);
  byId("trend").append(make("h2", {}, "Earlier audits"), svg, table(["Audit", "Commit", "Findings", "New", "Fixed", "Recurring"],
    history.slice().reverse().map((entry) => [entry.time, entry.commit.slice(0, 12), ...[entry.total, entry.new, entry.fixed, entry.recurring].map((n) => n === undefined ? "" : String(n))]),
    [2, 3, 4, 5]));
}

function files_part() {
  const rows = report.files.filter((file) => file.findings > 0).sort((a, b) => b.findings - a.findings).slice(0, 50);
  if (rows.length < 2) return;
  byId("files").append(make("h2", {}, "Files with findings"), table(["File", "Findings", "Confidence"],
    rows.map((file) => [file.path, String(file.findings), meter(file.confidence, "findings in this file")]), [1]));
}

function manifest() {
  const rows = report.coverage.map((file) => [file.path, file.status, file.by, file.hunks, file.reason]);
  const part = byId("manifest");
  part.append(make("h2", {}, "What was examined"), make("p", {}, visible(report.examined)));
  const kMost = 500;
  const list = make("div");
  const show = (count) => list.replaceChildren(table(["File", "Status", "By", "Hunks", "Why"], rows.slice(0, count)));
  show(kMost);
  part.append(list);
  if (rows.length > kMost) {
    const button = make("button", { type: "button" }, `show all ${rows.length} files`);
    button.addEventListener("click", () => { show(rows.length); button.remove(); });
    part.append(button);
  }
  if (report.complexity.length)
    part.append(make("h2", {}, "Complexity"), table(["Function", "File", "Cyclomatic", "Cognitive"],
      report.complexity.map((entry) => [entry.function, entry.path, entry.cyclomatic, entry.cognitive]), [2, 3]));
}

function remembered() {
  try { return localStorage.getItem("peer-theme"); } catch { return null; }
}

function theme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const button = byId("theme");
  const set = (name) => {
    document.documentElement.dataset.theme = name;
    button.textContent = name === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", "switch to the " + button.textContent + " theme");
  };
  set(remembered() || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", () => { if (!remembered()) set(dark.matches ? "dark" : "light"); });
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    set(next);
    try { localStorage.setItem("peer-theme", next); } catch { /* a page from a file may have no storage */ }
  });
}

function step(by) {
  const rows = byId("findings").children;
  const at = [...rows].findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  if (next >= rows.length) more();
  if (next >= 0 && next < rows.length) rows[next].firstChild.focus();
}

function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select");
    if (event.key === "Escape" && typing) event.target.blur();
    else if (typing) return;
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
  });
}

theme();
controls();
keys();
choose();
trend();
files_part();
manifest();
byId("more").addEventListener("click", () => more());
new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) more(); }, { rootMargin: "600px" }).observe(byId("more"));
addEventListener("beforeprint", () => more(shown.length));
