import { setTimeout as sleep } from 'node:timers/promises';
import type { CreditHold, CreditsPort, HoldResult } from '@/lib/gateway/ports';
import { topUpLowBalances } from './auto-top-up';
import { expireAllCredits, expireCredits } from './lots';
import { freeCredits } from './queries';
import {
  extendReservation,
  giveBack,
  leastFor,
  RESERVED_FOR_S,
  releaseAbandoned,
  renewReservations,
  tryReserve,
} from './reservations';
import { warnLowBalances } from './warn';

const RENEW_EVERY_MS = (RESERVED_FOR_S * 1000) / 4;
const SWEEP_EVERY_MS = 15_000;
const POLL_MS = 40;
/** How long a call waits for what others hold and will mostly give back. */
const PATIENCE_MS = 10_000;

export interface Holds extends CreditsPort {
  close(): void;
}

/** What this process's calls hold of credits, kept alive while they run, and the lines of calls that wait for some. */
export function openHolds(report: (message: string, error?: unknown) => void): Holds {
  const live = new Map<string, Pick<CreditHold, 'organizationId' | 'id'>>();
  const lines = new Map<string, Waiting[]>();
  const failed = (what: string) => (error: unknown) => report(what, error);
  const renewing = every(RENEW_EVERY_MS, () =>
    renewReservations([...live.values()]).catch(failed('Reserved credits could not be renewed')),
  );
  const sweeping = every(SWEEP_EVERY_MS, () =>
    releaseAbandoned()
      .then(() => expireAllCredits())
      .then(() => topUpLowBalances(report))
      .then(() => warnLowBalances(report))
      .catch(failed('Abandoned and expired credits could not be cleared')),
  );
  return {
    async balance(organizationId) {
      return (await freeCredits(organizationId)).balance;
    },
    async reserve(hold) {
      const { organizationId, id } = hold();
      const result = lines.has(organizationId) ? null : await attempt(hold());
      const settled = result ?? (await waitInLine(lines, organizationId, hold));
      if (settled.grantedNanoUsd !== null) live.set(id, { organizationId, id });
      return settled;
    },
    extend: (hold) => extendReservation(hold),
    giveBack: (organizationId, id, amountNanoUsd) => giveBack(organizationId, id, amountNanoUsd),
    done: (id) => void live.delete(id),
    close() {
      clearInterval(renewing);
      clearInterval(sweeping);
    },
  };
}

interface Waiting {
  readonly hold: () => CreditHold;
  readonly until: number;
  readonly resolve: (result: HoldResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Null where what calls under way hold may yet come back. */
async function attempt(hold: CreditHold): Promise<HoldResult | null> {
  let found = await tryReserve(hold);
  if (found.expiryDue) {
    await expireCredits(hold.organizationId);
    found = await tryReserve(hold);
  }
  const { grantedNanoUsd, balanceNanoUsd, reservedNanoUsd } = found;
  const hopeful = grantedNanoUsd === null && reservedNanoUsd > 0n && balanceNanoUsd >= leastFor(hold.neededNanoUsd);
  return hopeful ? null : { grantedNanoUsd, balanceNanoUsd, isHeldByOthers: false };
}

/** One after the other, so that five hundred calls that wait are one query at a time. */
function waitInLine(
  lines: Map<string, Waiting[]>,
  organizationId: string,
  hold: () => CreditHold,
): Promise<HoldResult> {
  return new Promise((resolve, reject) => {
    const waiting = { hold, until: Date.now() + PATIENCE_MS, resolve, reject };
    const line = lines.get(organizationId);
    if (line) return void line.push(waiting);
    const begun = [waiting];
    lines.set(organizationId, begun);
    void serve(begun, organizationId, () => lines.delete(organizationId));
  });
}

async function serve(line: Waiting[], organizationId: string, over: () => void): Promise<void> {
  for (;;) {
    const [head] = line;
    // In the same breath, so that nobody joins a line that is no longer served.
    if (!head) return over();
    try {
      const result = await attempt(head.hold());
      if (result) head.resolve(result);
      else if (Date.now() < head.until) {
        await sleep(POLL_MS);
        continue;
      } else {
        const balanceNanoUsd = (await freeCredits(organizationId)).balance;
        head.resolve({ grantedNanoUsd: null, balanceNanoUsd, isHeldByOthers: true });
      }
    } catch (error) {
      head.reject(error);
    }
    line.shift();
  }
}

function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => void work(), ms).unref();
}
