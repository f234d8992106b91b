import { existsSync } from 'node:fs';
import { starts, systemChromium } from './chromium.mjs';
import { run, runTool } from './run.mjs';
import { Refusal, step } from './say.mjs';

/**
 * Finds a Chromium for the browser tests, and gets one where there is none.
 * @returns {Promise<Record<string, string>>} the environment that leads Playwright to it
 */
export async function ensureBrowser() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named && !starts(named)) throw new Refusal(`PLAYWRIGHT_CHROMIUM_PATH is ${named}, which does not start.`);
  const found = await findBrowser();
  if (found) return found;
  // As root on Debian its own package first: it brings the system libraries that Playwright's download lacks.
  const ways = isDebianRoot() ? [installWithApt, installWithPlaywright] : [installWithPlaywright];
  const reasons = [];
  for (const way of ways) {
    const { code, output } = await way();
    const browser = code === 0 ? await findBrowser() : undefined;
    if (browser) return browser;
    reasons.push(output.trim().split('\n').slice(-8).join('\n'));
  }
  throw new Refusal(
    `${reasons.join('\n\n')}\n\nThe browser tests need Chromium, and it could not be installed. ` +
      'Install it (Debian: apt-get install chromium), or set PLAYWRIGHT_CHROMIUM_PATH to one.',
  );
}

/** @returns {Promise<Record<string, string> | undefined>} */
async function findBrowser() {
  const system = systemChromium();
  if (system) return { PLAYWRIGHT_CHROMIUM_PATH: system };
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) && starts(own) ? {} : undefined;
}

function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

async function installWithApt() {
  return step('Installing Chromium with apt-get', async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    return run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env });
  });
}

async function installWithPlaywright() {
  return step('Downloading Chromium with Playwright', () =>
    runTool('playwright', ['install', ...(isDebianRoot() ? ['--with-deps'] : []), 'chromium'], {
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
      timeoutMs: 600_000,
    }),
  );
}
