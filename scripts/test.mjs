// npm test [-- types|lint|unit|build|e2e … [filters]]: every test on a bare machine, ending with one line of counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { countPlaywright, countVitest } from './lib/counts.mjs';
import { build, prepare } from './lib/prepare.mjs';
import { ROOT, runTool } from './lib/run.mjs';
import { Refusal, runMain, say, seconds } from './lib/say.mjs';

/** @typedef {import('./lib/counts.mjs').Counts} Counts */

const PASSED = { passed: 1, failed: 0 };
const FAILED = { passed: 0, failed: 1 };

/** In the order they run. Each answers with its counts; one that throws counts as one failure. */
/** @type {Record<string, (filters: string[], reports: string) => Promise<Counts>>} */
const PARTS = {
  async types() {
    const generated = await runTool('next', ['typegen'], { show: true });
    const checked = await runTool('tsc', ['--noEmit'], { show: true });
    return generated.code === 0 && checked.code === 0 ? PASSED : FAILED;
  },

  async lint() {
    const { code } = await runTool('biome', ['check', '--error-on-warnings', '.'], { show: true });
    return code === 0 ? PASSED : FAILED;
  },

  async unit(filters, reports) {
    const file = join(reports, 'vitest.json');
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...filters];
    const { code } = await runTool('vitest', args, { show: true });
    return countVitest(readReport(file), code);
  },

  async build() {
    await build();
    return PASSED;
  },

  async e2e(filters, reports) {
    const file = join(reports, 'playwright.json');
    const browser = await ensureBrowser();
    await build();
    const env = { ...browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const { code } = await runTool('playwright', ['test', ...filters], { show: true, env });
    return countPlaywright(readReport(file), code);
  },
};

await runMain(async () => {
  process.chdir(ROOT);
  const words = process.argv.slice(2);
  const named = words.filter((word) => Object.hasOwn(PARTS, word));
  const filters = words.filter((word) => !Object.hasOwn(PARTS, word));
  await prepare();
  const total = await runParts(named.length > 0 ? named : Object.keys(PARTS), filters);
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

/** @param {string[]} names @param {string[]} filters @returns {Promise<Counts>} */
async function runParts(names, filters) {
  const reports = mkdtempSync(join(tmpdir(), 'respan-reports-'));
  const total = { passed: 0, failed: 0 };
  const lines = [];
  for (const name of names) {
    say(`\n── ${name}`);
    const startedMs = Date.now();
    const counts = await runPart(name, filters, reports);
    total.passed += counts.passed;
    total.failed += counts.failed;
    lines.push(`${name.padEnd(6)} ${seconds(startedMs).padStart(8)}   ${counts.failed === 0 ? 'passed' : 'FAILED'}`);
  }
  rmSync(reports, { recursive: true, force: true });
  say(`\n${lines.join('\n')}`);
  return total;
}

/** @param {string} name @param {string[]} filters @param {string} reports @returns {Promise<Counts>} */
async function runPart(name, filters, reports) {
  try {
    return (await PARTS[name]?.(filters, reports)) ?? FAILED;
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    return FAILED;
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
