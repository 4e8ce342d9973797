// Prism as a proxy in front of a fake GitHub: what is asked is held against GitHub's own description.
//   node prism_github.mjs UPSTREAM PORT
// Only requests are judged, and only the operations below are loaded: the whole description takes a minute.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const [upstream, port] = process.argv.slice(2);
const repo = "/repos/{owner}/{repo}";
const used = [
  "/pulls", "/pulls/{pull_number}", "/pulls/{pull_number}/reviews", "/pulls/comments/{comment_id}",
  "/issues", "/issues/{issue_number}", "/issues/{issue_number}/comments", "/issues/comments/{comment_id}",
  "/issues/{issue_number}/labels",
  "/issues/{issue_number}/labels/{name}", "/check-runs", "/check-runs/{check_run_id}", "/commits/{ref}/check-runs",
  "/commits/{ref}/statuses", "/statuses/{sha}", "/code-scanning/sarifs", "/installation",
  "/collaborators/{username}/permission", "/issues/comments/{comment_id}/reactions",
  "/git/refs", "/commits/{ref}",
].map((path) => repo + path).concat("/app/installations/{installation_id}/access_tokens");

const whole = JSON.parse(readFileSync(join(modules, "@octokit/openapi/generated/api.github.com.json"), "utf8"));
const slice = { openapi: whole.openapi, info: whole.info, servers: whole.servers, paths: {}, components: {} };

/** Takes in what `node` refers to, once each, and leaves examples out. */
function copy(node) {
  if (Array.isArray(node)) return node.map(copy);
  if (node === null || typeof node !== "object") return node;
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "examples" || key === "example") continue;
    out[key] = copy(value);
    if (key !== "$ref" || !value.startsWith("#/components/")) continue;
    const [, , kind, name] = value.split("/");
    slice.components[kind] ??= {};
    if (slice.components[kind][name] !== undefined) continue;
    slice.components[kind][name] = {};
    slice.components[kind][name] = copy(whole.components[kind][name]);
  }
  return out;
}
for (const path of used) {
  if (whole.paths[path] === undefined) throw new Error(`GitHub's description has no ${path}`);
  slice.paths[path] = {};
  for (const [method, operation] of Object.entries(whole.paths[path])) {
    if (operation.operationId === undefined) continue;
    slice.paths[path][method] = { ...copy({ ...operation, responses: undefined, callbacks: undefined }), responses: { default: { description: "not judged" } } };
  }
}
const spec = join(mkdtempSync(join(tmpdir(), "peer-prism-")), "github.json");
writeFileSync(spec, JSON.stringify(slice));
const prism = spawn(process.execPath, [join(modules, ".bin/prism"), "proxy", "-p", port, spec, upstream], { stdio: ["ignore", "pipe", "inherit"] });
prism.stdout.on("data", (text) => process.stdout.write(text));
process.on("exit", () => prism.kill("SIGKILL"));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => process.exit(1));
prism.on("exit", () => process.exit(1));
