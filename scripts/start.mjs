// npm start: from a bare machine to a running Respan. With --dev: the same with hot reload and without the build.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, prepare, SERVER_BUNDLE } from './lib/prepare.mjs';
import { ROOT } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

const dev = process.argv.includes('--dev');

await runMain(async () => {
  process.chdir(ROOT);
  await prepare();
  if (!dev) await build();
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.env.NODE_ENV = dev ? 'development' : 'production';
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  // In this process, as `node --import tsx server.ts` would: signals and the exit code then are the server's own.
  if (dev) await import('tsx');
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(ROOT, dev ? 'server.ts' : SERVER_BUNDLE)).href);
  return undefined;
});
