/** The load generator, in a process of its own that stays: job in, result out. */
import { jobSchema } from './job';
import { runJob } from './run-job';

process.on('message', (message) => {
  runJob(jobSchema.parse(message)).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
// Whoever started this is gone.
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
