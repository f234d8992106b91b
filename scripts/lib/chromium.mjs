import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium of this machine, PLAYWRIGHT_CHROMIUM_PATH first; undefined leaves Playwright its own. */
export function systemChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  return named || SYSTEM.find((path) => existsSync(path) && starts(path));
}

/**
 * Whether a browser starts at all: one that lacks its system libraries does not.
 * @param {string} path
 */
export function starts(path) {
  // On Windows chrome.exe opens a window instead of answering.
  if (process.platform === 'win32') return existsSync(path);
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0;
}
