/**
 * A parent with two workers for workers.test.ts: one is up and asks, the other is still starting and never says a word. Prints what
 * the first was answered.
 */
import cluster from 'node:cluster';
import { createRegistry } from './registry';
import { answerWorkers, askParent, tellParent } from './workers';

if (cluster.isPrimary) {
  answerWorkers();
  cluster.setupPrimary({ execArgv: ['--import', 'tsx'] });
  cluster.fork({ PART: 'starting' }).once('online', () => {
    cluster.fork({ PART: 'up' }).on('exit', () => process.exit(0));
  });
} else if (process.env.PART === 'starting') {
  setInterval(() => {}, 1000);
} else {
  tellParent(createRegistry(() => ({ accepted: 7, written: 5, pending: 2, dead: 0 })));
  process.stdout.write(await askParent(), () => process.exit(0));
}
