// npm run admin -- grant …: what whoever runs an installation does from the command line, on its database, running or not.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { prepare } from './lib/prepare.mjs';
import { ROOT } from './lib/run.mjs';
import { Refusal, runMain } from './lib/say.mjs';

await runMain(async () => {
  process.chdir(ROOT);
  // What is installed stays as it is: a server may be running from it.
  if (!['node_modules/tsx', 'lib/db/generated/client.ts'].every((path) => existsSync(path))) await prepare();
  if (existsSync('.env')) process.loadEnvFile('.env');
  await import('tsx');
  const load = (/** @type {string} */ path) => import(pathToFileURL(`${ROOT}/${path}`).href);
  const [{ env, provideEnv }, { startEmbeddedPostgres }, { disconnect }, { migrate }, { runAdmin }] = await Promise.all(
    [
      load('lib/env.ts'),
      load('lib/db/embedded.ts'),
      load('lib/db/client.ts'),
      load('lib/db/migrate.ts'),
      load('lib/credits/admin-command.ts'),
    ],
  );
  const { DATABASE_URL, DATA_DIR } = env();
  const embedded = DATABASE_URL ? null : await startEmbeddedPostgres(DATA_DIR);
  try {
    if (embedded) provideEnv({ DATABASE_URL: embedded.url });
    await migrate(env().DATABASE_URL);
    const { ok, text } = await runAdmin(process.argv.slice(2));
    if (!ok) throw new Refusal(text);
    console.log(text);
  } finally {
    await disconnect();
    await embedded?.stop();
  }
  return 0;
});
