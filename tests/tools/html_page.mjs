// Looks at HTML reports in a headless browser, as people and as attackers would.
//   node html_page.mjs sample FILE [FOLDER]   the sample report: filters, keys, theme, accessibility; screenshots into FOLDER
//   node html_page.mjs hostile FILE           nothing in the report may run, load or leave the page
//   node html_page.mjs large FILE             10,000 findings stay usable
//   node html_page.mjs overview FILE FOLDER   the overview of many audits: accessibility, light and dark; screenshots into FOLDER
// Prints what is wrong; exit code 1 if anything is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [mode, file, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let wrong = 0;
const must = (what, holds, detail = '') => {
  if (holds) return;
  wrong += 1;
  console.log(`not so: ${what} ${detail}`);
};

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox', '--disable-gpu'] });
const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.asked = [];
  page.errors = [];
  page.dialogs = 0;
  page.on('request', (request) => page.asked.push(request.url()));
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') page.errors.push(message.text()); });
  page.on('dialog', (dialog) => { page.dialogs += 1; void dialog.dismiss(); });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('#findings > li', { timeout: 10000 }).catch((error) => { throw new Error(`${page.errors.join('; ')} ${error}`); });
  return page;
};
const rows = (page) => page.locator('#findings > li').count();

async function accessible(page, name) {
  // an isolated world: the page's own policy forbids foreign scripts
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { contextId: executionContextId, expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    contextId: executionContextId, awaitPromise: true, returnByValue: true,
    expression: "axe.run(document, {resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations.map((v) => ({id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map((n) => n.html)}))))",
  });
  must(`axe ran on ${name}`, typeof result.value === 'string', JSON.stringify(result));
  for (const violation of JSON.parse(result.value ?? '[]'))
    must(`${name} is accessible`, !['serious', 'critical'].includes(violation.impact), JSON.stringify(violation));
}

/// Every filter leaves exactly the findings that it says, and every order is one.
async function choices(page) {
  const findings = await page.evaluate(() => {
    const report = JSON.parse(document.getElementById('data').textContent);
    return report.findings.map((finding, index) => ({ ...finding, index, path: report.files[finding.file].path, type: report.files[finding.file].type, id: report.rules[finding.rule].id }));
  });
  const counted = findings.filter((finding) => !finding.suppressed);
  const expect = async (what, expected) => {
    const shown = await page.evaluate(() => [...document.querySelectorAll('#findings > li')].map((item) => Number(item.dataset.index)));
    must(what, JSON.stringify(shown) === JSON.stringify(expected.map((finding) => finding.index)), `${shown} instead of ${expected.map((finding) => finding.index)}`);
  };
  const severities = ['error', 'warning', 'info', 'hint'];
  const usual = counted.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const filter = async (id, value, fits) => {
    const expected = usual.filter(fits);
    must(`the sample shows what #${id} does`, expected.length > 0 && expected.length < usual.length, expected.length);
    await page.locator(`#${id}`).selectOption(value);
    await expect(`#${id} leaves what is ${value}`, expected);
    must(`#${id} is counted`, (await page.locator('#count').textContent()) === `${expected.length} of ${usual.length} findings`);
    await page.locator(`#${id}`).selectOption({ index: 0 });
    await expect(`#${id} brings all back`, usual);
  };
  await filter('confidence', '0.8', (finding) => finding.confidence >= 0.8);
  await filter('confidence', '0.9', (finding) => finding.confidence >= 0.9);
  for (const type of new Set(counted.map((finding) => finding.type))) await filter('type', type, (finding) => finding.type === type);
  for (const rule of new Set(counted.map((finding) => finding.id))) await filter('rule', rule, (finding) => finding.id === rule);
  await filter('fix', 'fixable', (finding) => finding.fix);
  await filter('fix', 'none', (finding) => !finding.fix);
  await filter('fix', 'proved', (finding) => finding.fix?.decision === 'apply');
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const orders = {
    file: (a, b) => compare(a.path, b.path) || a.line - b.line,
    rule: (a, b) => compare(a.id, b.id),
    confidence: (a, b) => b.confidence - a.confidence,
    severity: (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  };
  const seen = new Set();
  for (const [name, order] of Object.entries(orders)) {
    await page.locator('#order').selectOption(name);
    const expected = counted.toSorted(order);
    await expect(`the order by ${name}`, expected);
    seen.add(JSON.stringify(expected.map((finding) => finding.index)));
  }
  must('the sample shows that orders differ', seen.size >= 3, seen.size);
  await page.locator('#aside').check();
  await expect('what was set aside can be shown', findings.toSorted(orders.severity));
  await page.locator('#aside').uncheck();
}

/// On paper there is nothing to click, and everything is there.
async function printed(page) {
  await page.emulateMedia({ media: 'print' });
  for (const id of ['.controls', '#theme', '#more'])
    must(`${id} is not printed`, await page.locator(id).first().evaluate((element) => getComputedStyle(element).display === 'none'));
  must('the bar stays at the top of the first page', (await page.locator('#bar').evaluate((element) => getComputedStyle(element).position)) === 'static');
  must('findings are printed', await page.locator('#findings > li').first().isVisible());
  const paper = await page.pdf();
  must('it can be printed', paper.subarray(0, 5).toString() === '%PDF-' && paper.length > 10000, paper.length);
  await page.emulateMedia({ media: null });
  must('controls are back on the screen', await page.locator('.controls').first().isVisible());
}

/// The page has the theme when it is loaded again. The browser stores what a page keeps some time after it was told to.
async function remembered(page, theme) {
  for (let tries = 0; tries < 20; ++tries) {
    await page.reload();
    if ((await page.evaluate(() => document.documentElement.dataset.theme)) === theme) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

async function sample() {
  for (const scheme of ['light', 'dark']) {
    const page = await open({ colorScheme: scheme });
    must('the system preference decides first', (await page.evaluate(() => document.documentElement.dataset.theme)) === scheme);
    const all = await rows(page);
    must('every finding is listed', all >= 3, all);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    must('j and Enter open the first finding', (await page.locator('.detail').count()) === 1);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    must('a fix is shown side by side', (await page.locator('.sides td.removed').count()) >= 1);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    must('k goes back and Enter closes', (await page.locator('.detail').count()) === 1);
    await accessible(page, `the ${scheme} page with an open finding`);
    if (folder) await page.screenshot({ path: join(folder, `report-${scheme}.png`), fullPage: true });
    await page.keyboard.press('/');
    await page.keyboard.type('zzz-nothing');
    must('search hides what does not match', (await rows(page)) === 0);
    await page.locator('#search').fill('');
    must('clearing the search brings all back', (await rows(page)) === all);
    await page.locator('button.severity.warning').click();
    must('severities can be left out', (await rows(page)) < all);
    await page.locator('button.severity.warning').click();
    await choices(page);
    await page.locator('#theme').click();
    const other = scheme === 'light' ? 'dark' : 'light';
    must('the switch changes the theme', (await page.evaluate(() => document.documentElement.dataset.theme)) === other);
    must('the theme is remembered', await remembered(page, other));
    await printed(page);
    must('no error', page.errors.length === 0, page.errors.join('; '));
    must('nothing is loaded', page.asked.every((url) => url.startsWith('file:')), page.asked.join(' '));
  }
  const phone = await open({ viewport: { width: 360, height: 740 } });
  must('a phone needs no sideways scrolling', await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await accessible(phone, 'the page on a phone');
}

async function hostile() {
  const page = await open();
  const count = await rows(page);
  for (let index = 0; index < count; ++index) await page.locator('#findings > li > button').nth(index).click();
  await page.waitForTimeout(200);
  must('nothing ran', (await page.evaluate(() => window.pwned)) === undefined && page.dialogs === 0);
  must('nothing was asked for', page.asked.every((url) => url.startsWith('file:')), page.asked.join(' '));
  must('no error and no blocked attempt', page.errors.length === 0, page.errors.join('; '));
  const strange = await page.evaluate(() => [...document.querySelectorAll('img, iframe, object, embed, form, link, base, video, audio, svg *')].map((e) => e.outerHTML));
  must('no foreign element', strange.length === 0, strange.slice(0, 3).join(' '));
  const links = await page.evaluate(() => [...document.links].map((a) => a.href).filter((href) => !/^https?:/.test(href)));
  must('links lead to the web only', links.length === 0, links.join(' '));
  must('two scripts, as written', (await page.locator('script').count()) === 2);
  const handlers = await page.evaluate(() => [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length);
  must('no handler in markup', handlers === 0, handlers);
}

/// The least of three: what the machine does besides is not the page's.
async function large() {
  const paints = [];
  let page;
  for (let round = 0; round < 3; ++round) {
    await page?.context().close();
    page = await open();
    paints.push(await page.evaluate(() => performance.getEntriesByType('paint').find((e) => e.name === 'first-contentful-paint')?.startTime));
  }
  console.log(`first paint ${paints.map(Math.round).join(' ')} ms`);
  must('the first paint comes within a second', Math.min(...paints) < 1000);
  const filter = (words) => page.evaluate(async (text) => {
    const search = document.getElementById('search');
    const began = performance.now();
    search.value = text;
    search.dispatchEvent(new Event('input'));
    document.body.getBoundingClientRect(); // layout belongs to it
    return performance.now() - began;
  }, words);
  for (const words of ['file7', 'rule-3', '', 'nothing at all', 'message 1 file']) {
    const times = [];
    for (let round = 0; round < 3; ++round) {
      times.push(await filter(words));
      await filter('another word');
    }
    console.log(`filter '${words}' ${times.map((t) => t.toFixed(1)).join(' ')} ms`);
    must(`'${words}' is found within 100 ms`, Math.min(...times) < 100);
  }
  await filter('');
  must('all are counted', (await page.locator('#count').textContent()).includes('10000'));
  must('only what is seen is in the document', (await rows(page)) < 1000);
  await page.evaluate(() => document.getElementById('more').scrollIntoView());
  await page.waitForFunction(() => document.querySelectorAll('#findings > li').length > 150);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  must('all are printed', (await rows(page)) === 10000);
}

async function overview() {
  for (const scheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 700 }, colorScheme: scheme });
    const page = await context.newPage();
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    must('every repository has a row', (await page.locator('tbody tr').count()) === 2);
    must('its report is linked', (await page.locator('tbody a').count()) === 1);
    must('no script', (await page.locator('script').count()) === 0);
    must('nothing is asked for', asked.length === 1, asked.join(' '));
    await accessible(page, `the ${scheme} overview`);
    await page.screenshot({ path: join(folder, `overview-${scheme}.png`), fullPage: true });
  }
}

await { sample, hostile, large, overview }[mode]();
await browser.close();
process.exit(wrong === 0 ? 0 : 1);
