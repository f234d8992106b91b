/** A process for webhooks.test.ts to kill in the midst of its deliveries. Its environment says which database. */
import { deliverWebhooks } from './deliver';

deliverWebhooks({
  report: (message, error) => console.error(message, error),
  everyMs: 20,
  leaseMs: 1000,
});
process.stdin.resume();
