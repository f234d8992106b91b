import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './say.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Our tools' own scripts, run by this Node: no shell, no PATH, the same on every platform. */
export const TOOLS = {
  next: 'node_modules/next/dist/bin/next',
  esbuild: 'node_modules/esbuild/bin/esbuild',
  prisma: 'node_modules/prisma/build/index.js',
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};

/**
 * @typedef {object} Options
 * @property {Record<string, string | undefined>} [env] added to the environment
 * @property {boolean} [show] whether its output goes straight to the terminal
 * @property {boolean} [shell]
 * @property {number} [timeoutMs]
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<{ code: number, output: string }>} output is empty when it was shown
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env },
      stdio: options.show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      shell: options.shell ?? false,
      timeout: options.timeoutMs,
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs one of our tools.
 * @param {keyof typeof TOOLS} tool
 * @param {string[]} args
 * @param {Options} [options]
 */
export function runTool(tool, args, options) {
  return run(process.execPath, [join(ROOT, TOOLS[tool]), ...args], options);
}

/**
 * Turns a failed run into an error that shows what it said.
 * @param {{ code: number, output: string }} result
 * @param {string} explanation what failed, and what to do
 */
export function requireSuccess({ code, output }, explanation) {
  if (code !== 0) throw new Refusal(`${output.trimEnd().slice(-6000)}\n\n${explanation}`);
}
