import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isMarked, mark } from './fingerprint.mjs';
import { ROOT, requireSuccess, run, runTool } from './run.mjs';
import { Refusal, step } from './say.mjs';

const OLDEST_NODE = [20, 19];
const INSTALL_MARK = 'node_modules/.respan-lock-hash';
const CLIENT_MARK = 'node_modules/.respan-client-hash';
const BUILD_MARK = '.next/respan-build-hash';
/** The server as one file: loading TypeScript as it runs keeps every function's name, which costs the hot path half of its time. */
export const SERVER_BUNDLE = '.next/server.mjs';
/** For Node itself. What calls hold while they run outlives a young generation of 16 MB, and copying it was a tenth of their cost. */
export const SERVER_NODE_ARGS = ['--max-semi-space-size=32'];
const BUNDLE = [
  ...['server.ts', '--bundle', '--platform=node', '--format=esm', '--target=node20', '--packages=external'],
  ...['--alias:@=.', '--sourcemap=linked', '--log-level=warning', `--outfile=${SERVER_BUNDLE}`],
];
const BUILD_SOURCES = [
  ...['server.ts', 'app', 'components', 'lib', 'public', 'prisma/schema.prisma', 'proxy.ts'],
  ...['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
];

/** Everything before the first line of TypeScript: Node itself, the dependencies and the Prisma client. */
export async function prepare() {
  requireNode();
  await installDependencies();
  await generateClient();
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Refusal(
    `Respan needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Get it from https://nodejs.org.`,
  );
}

async function installDependencies() {
  // The platform belongs to it: a folder that moved to another machine has the wrong binaries.
  const wanted = `${fingerprint(['package-lock.json'])} ${process.platform}-${process.arch}`;
  if (isMarked(INSTALL_MARK, wanted)) return;
  // Named one by one, because a person's npm settings or NODE_ENV may leave some out: the build needs the types, the database is optional.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await step('Installing dependencies (about a minute the first time)', async () => {
    requireSuccess(
      await npm(args),
      'npm could not install the dependencies. Check that the registry can be reached (npm ping), then try again.',
    );
  });
  mark(INSTALL_MARK, wanted);
}

/** @param {string[]} args */
function npm(args) {
  // Under npm, npm itself says where it is; on Windows its command is a script that only a shell runs.
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return run(process.execPath, [script, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}

async function generateClient() {
  const wanted = fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']);
  if (isMarked(CLIENT_MARK, wanted) && existsSync(join(ROOT, 'lib/db/generated/client.ts'))) return;
  await step('Generating the database client', async () => {
    requireSuccess(
      await runTool('prisma', ['generate']),
      'Prisma could not generate its client from prisma/schema.prisma.',
    );
  });
  mark(CLIENT_MARK, wanted);
}

/** Builds the dashboard, unless the last build was made from the same sources. */
export async function build() {
  const wanted = fingerprint(
    BUILD_SOURCES,
    (path) => !path.startsWith('lib/db/generated') && !/\.test\.tsx?$/.test(path),
  );
  if (isMarked(BUILD_MARK, wanted) && existsSync(join(ROOT, '.next/BUILD_ID')) && existsSync(join(ROOT, SERVER_BUNDLE)))
    return;
  rmSync(join(ROOT, BUILD_MARK), { force: true });
  await step('Building the dashboard (about a minute)', async () => {
    // Next refuses to build well with any other NODE_ENV that the person may have set.
    requireSuccess(
      await runTool('next', ['build'], { env: { NODE_ENV: 'production' } }),
      'The dashboard could not be built.',
    );
    requireSuccess(await runTool('esbuild', BUNDLE), 'The server could not be bundled.');
  });
  mark(BUILD_MARK, wanted);
}
