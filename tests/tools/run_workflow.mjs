// Runs a workflow's jobs as a GitHub runner would, as far as Peer's workflows go: GitHub's own evaluator for expressions,
// the composite actions of the repository for real, and stand-ins for the foreign actions.
//   node run_workflow.mjs WORKFLOW ARTIFACTS    in the repository of the job
// GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_API_URL say what happened; GITHUB_TOKEN is the job's
// token and RUN_SECRETS (JSON) its secrets, which a step sees only where the workflow hands them over. Artifacts come and go below ARTIFACTS. Prints how every
// step and job ended; exit code 1 if a job failed.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Evaluator, Lexer, Parser, data } from '@actions/expressions';
import { parse } from 'yaml';

const [workflowFile, artifacts] = process.argv.slice(2).map((path) => resolve(path));
const workspace = process.cwd();
const temp = mkdtempSync(join(process.env.RUNNER_TEMP ?? '/tmp', 'runner-'));
const { GITHUB_TOKEN: token = '', RUN_SECRETS: secrets = '{}', ...variables } = process.env;
const event = JSON.parse(readFileSync(variables.GITHUB_EVENT_PATH, 'utf8'));
const github = {
  event, token, workspace, event_name: variables.GITHUB_EVENT_NAME, repository: variables.GITHUB_REPOSITORY, run_id: '1',
  base_ref: event.pull_request?.base?.ref ?? '', action_repository: '',
};
const isFile = (path) => existsSync(path) && statSync(path).isFile();

function evaluate(text, context, status) {
  const names = ['success', 'failure', 'cancelled', 'always'];
  const functions = new Map(names.map((name) => [name, { name, minArgs: 0, maxArgs: 0,
    call: () => new data.BooleanData(name === 'always' || (name === 'cancelled' ? false : name === status)) }]));
  const tree = new Parser(new Lexer(text).lex().tokens, Object.keys(context), [...functions.values()]).parse();
  return new Evaluator(tree, JSON.parse(JSON.stringify(context), data.reviver), functions).evaluate();
}
const fill = (value, context) => String(value).replaceAll(/\$\{\{(.*?)\}\}/gs, (_, text) => evaluate(text.trim(), context, 'success').coerceString());
function holds(condition, context, status) {
  const text = String(condition ?? 'success()').replace(/^\$\{\{(.*)\}\}$/s, '$1').trim();
  const asks = /\b(success|failure|cancelled|always)\(/.test(text);
  const value = evaluate(asks ? text : `success() && (${text})`, context, status);
  return !['', 'false', '0'].includes(value.coerceString());
}
const filled = (map, context) => Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, fill(value, context)]));

const home = (path) => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(workspace, path));
const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);
/// What foreign actions do, as far as it matters here. Each gives whether it succeeded.
const foreign = {
  'actions/checkout': ({ path, ref, 'persist-credentials': keep, 'sparse-checkout': sparse }) => {
    if (keep !== 'false' || sparse) return false;
    if (!path) return true; // we are in it
    const git = (...words) => spawnSync('git', words, { stdio: 'inherit' }).status === 0;
    return git('clone', '-q', '--no-checkout', workspace, join(workspace, path)) && git('-C', path, 'fetch', '-q', 'origin', ref) &&
      git('-C', path, 'checkout', '-q', 'FETCH_HEAD');
  },
  'actions/cache': () => true,
  'actions/cache/restore': () => true,
  'actions/cache/save': () => true,
  'github/codeql-action/upload-sarif': ({ sarif_file: file }) => JSON.parse(readFileSync(file, 'utf8')).version === '2.1.0',
  'actions/upload-artifact': ({ name, path, 'if-no-files-found': none = 'warn' }) => {
    const found = lines(path).map(home).filter(existsSync);
    mkdirSync(join(artifacts, name), { recursive: true });
    for (const each of found) cpSync(each, isFile(each) ? join(artifacts, name, basename(each)) : join(artifacts, name), { recursive: true });
    return found.length > 0 || none !== 'error';
  },
  'actions/download-artifact': ({ name, path }) => {
    if (!existsSync(join(artifacts, name))) return false;
    cpSync(join(artifacts, name), home(path), { recursive: true });
    return true;
  },
};

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const outputsIn = (text) => Object.fromEntries(lines(text).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
let path = variables.PATH;

function runScript(step, env, context, action) {
  const files = Object.fromEntries(['GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'].map((name) => [name, join(temp, name)]));
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_PATH']) writeFileSync(files[name], '');
  const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', fill(step.run, context)], {
    cwd: resolve(workspace, fill(step['working-directory'] ?? '.', context)), stdio: 'inherit',
    env: { ...variables, ...files, CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace, PATH: path, ...env, ...(action ? { GITHUB_ACTION_PATH: action } : {}) },
  });
  path = [...lines(read(files.GITHUB_PATH)), path].join(':');
  return { good: ran.status === 0, outputs: outputsIn(read(files.GITHUB_OUTPUT)) };
}

function runSteps(steps, context, env, action) {
  let status = 'success';
  context.steps = {};
  for (const step of steps) {
    const name = step.name ?? step.uses ?? step.run;
    let outcome = 'skipped', outputs = {};
    if (holds(step.if, context, status)) {
      const own = { ...env, ...filled(step.env, context) };
      const ran = step.uses ? runUses(step, context, own) : runScript(step, own, context, action);
      outcome = ran.good ? 'success' : 'failure';
      outputs = ran.outputs ?? {};
    }
    console.log(`step ${name}: ${outcome}`);
    const conclusion = outcome === 'failure' && step['continue-on-error'] === true ? 'success' : outcome;
    if (step.id) context.steps[step.id] = { outcome, conclusion, outputs };
    if (conclusion === 'failure') status = 'failure';
  }
  return status;
}

function runUses(step, context, env) {
  const given = filled(step.with, context);
  if (!step.uses.startsWith('./')) {
    const stand = foreign[step.uses.split('@')[0]];
    if (!stand) throw new Error(`nothing stands in for ${step.uses}`);
    return { good: stand(given) };
  }
  const action = resolve(workspace, step.uses);
  const { inputs, outputs, runs } = parse(readFileSync(join(action, 'action.yml'), 'utf8'));
  for (const name of Object.keys(given)) if (!(name in inputs)) throw new Error(`${step.uses} has no input ${name}`);
  const all = Object.fromEntries(Object.entries(inputs).map(([name, { default: otherwise = '' }]) => [name, given[name] ?? otherwise]));
  const inside = { github, inputs: all, runner: context.runner };
  const status = runSteps(runs.steps, inside, env, action);
  return { good: status === 'success', outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, fill(value, inside)])) };
}

let failed = false;
const workflow = parse(readFileSync(workflowFile, 'utf8'));
for (const [name, job] of Object.entries(workflow.jobs)) {
  const context = { github, secrets: JSON.parse(secrets), runner: { os: 'Linux', temp } };
  const conclusion = holds(job.if, context, 'success') ? runSteps(job.steps, context, filled(job.env, context)) : 'skipped';
  console.log(`job ${name}: ${conclusion}`);
  failed ||= conclusion === 'failure';
}
appendFileSync(join(artifacts, 'summary.md'), read(join(temp, 'GITHUB_STEP_SUMMARY')));
process.exit(failed ? 1 : 0);
