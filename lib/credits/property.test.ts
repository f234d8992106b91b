import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pool } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { appendCredit } from './append';
import { debitUsage } from './debit';
import { expireCredits } from './lots';
import { extendReservation, giveBack, releaseAbandoned, renewReservations, tryReserve } from './reservations';
import { ledgerOf } from './testing';

const SEQUENCES = 12;
const ROUNDS = 15;
const AT_ONCE = 8;
const DAY_MS = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Mulberry32: the same sequence for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** An organization, and what its balance must be. */
class Account {
  readonly organizationId = uuidv7();
  expected = 0n;
  /** Calls that hold something and will never say more. */
  readonly dead: string[] = [];
  readonly done: { logId: string; costNanoUsd: bigint }[] = [];

  constructor(private readonly below: (limit: number) => number) {}

  async step(): Promise<void> {
    const steps = [
      this.topUp,
      this.call,
      this.call,
      this.call,
      this.stream,
      this.abort,
      this.crash,
      this.refund,
      this.replay,
    ];
    await steps[this.below(steps.length)]?.call(this);
  }

  private amount(limit = 1_000_000): bigint {
    return BigInt(1 + this.below(limit));
  }

  private async topUp(): Promise<void> {
    const amountNanoUsd = this.amount(5_000_000);
    const expiresAt = this.below(3) === 0 ? new Date(Date.now() + (1 + this.below(20)) * DAY_MS) : null;
    const reference = uuidv7();
    const entry = { type: 'purchase', amountNanoUsd, description: 'Top-up', expiresAt, reference } as const;
    const enter = () => inTransaction((on) => appendCredit({ organizationId: this.organizationId, ...entry }, on));
    this.expected += amountNanoUsd;
    // The payment's webhook comes twice.
    await Promise.all([enter(), enter()]);
  }

  private async refund(): Promise<void> {
    const amountNanoUsd = -this.amount();
    this.expected += amountNanoUsd;
    const entry = { type: 'refund', amountNanoUsd, description: 'Refund' } as const;
    await inTransaction((on) => appendCredit({ organizationId: this.organizationId, ...entry }, on));
  }

  private async reserved(): Promise<{ id: string; held: bigint } | null> {
    const id = uuidv7();
    const neededNanoUsd = this.amount();
    const hold = { organizationId: this.organizationId, id, neededNanoUsd, wantedNanoUsd: neededNanoUsd * 2n };
    const { grantedNanoUsd } = await tryReserve(hold);
    return grantedNanoUsd === null ? null : { id, held: grantedNanoUsd };
  }

  private async debit(logId: string, costNanoUsd: bigint): Promise<void> {
    this.expected -= costNanoUsd;
    this.done.push({ logId, costNanoUsd });
    const debit = { organizationId: this.organizationId, logId, costNanoUsd, description: 'claude' };
    await inTransaction((on) => debitUsage([debit], on));
  }

  /** Costs at most what it holds. */
  private async call(): Promise<void> {
    const call = await this.reserved();
    if (call) await this.debit(call.id, call.held - BigInt(this.below(Number(call.held))));
  }

  private async stream(): Promise<void> {
    const call = await this.reserved();
    if (!call) return;
    const { organizationId } = this;
    const hold = { organizationId, id: call.id };
    const spare = call.held / 3n;
    let held = call.held;
    if (await giveBack(organizationId, call.id, spare)) held -= spare;
    await renewReservations([hold]);
    for (let n = this.below(4); n > 0; n--) {
      held += await extendReservation({ ...hold, neededNanoUsd: this.amount(), wantedNanoUsd: 1_000_000n });
    }
    await this.debit(call.id, held);
  }

  private async abort(): Promise<void> {
    const call = await this.reserved();
    if (call) await this.debit(call.id, 0n);
  }

  private async crash(): Promise<void> {
    const call = await this.reserved();
    if (call) this.dead.push(call.id);
  }

  /** The journal of a process that died between the commit and the acknowledgement is written again. */
  private async replay(): Promise<void> {
    const before = this.done[this.below(this.done.length || 1)];
    if (!before) return;
    const debit = { organizationId: this.organizationId, ...before, description: 'claude' };
    await inTransaction((on) => debitUsage([debit], on));
  }
}

async function lotsOf(organizationId: string): Promise<bigint> {
  const { rows } = await pool().query<{ sum: string }>(
    'SELECT coalesce(sum("remainingNanoUsd"), 0)::text AS sum FROM "CreditLot" WHERE "organizationId" = $1',
    [organizationId],
  );
  return BigInt(rows[0]?.sum ?? '0');
}

test.each(Array.from({ length: SEQUENCES }, (_, n) => n + 1))(
  'sequence %i: the balance is the ledger’s sum and what is expected, and nothing stays held',
  async (seed) => {
    const below = random(seed);
    const account = new Account(below);
    const { organizationId } = account;
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => account.step()));
      if (below(4) === 0) {
        const later = new Date(Date.now() + (round + 1) * DAY_MS);
        account.expected -= await expireCredits(organizationId, later);
      }
      const found = await ledgerOf(organizationId);
      expect(found.balance).toBe(account.expected);
      expect(found.sum).toBe(account.expected);
      expect(found.reserved).toBe(found.held);
      expect(await lotsOf(organizationId)).toBeGreaterThanOrEqual(0n);
    }
    await releaseAbandoned(new Date(Date.now() + 3_600_000));
    const end = await ledgerOf(organizationId);
    expect(end).toMatchObject({ balance: account.expected, sum: account.expected, reserved: 0n, held: 0n });
  },
  60_000,
);

test('without refunds no sequence of calls goes below nothing, however many at once', async () => {
  for (let seed = 100; seed < 104; seed++) {
    const below = random(seed);
    const organizationId = uuidv7();
    const deposit = 3_000_000n;
    await inTransaction((on) =>
      appendCredit({ organizationId, type: 'purchase', amountNanoUsd: deposit, description: 'Top-up' }, on),
    );
    const calls = Array.from({ length: 60 }, async () => {
      const id = uuidv7();
      const neededNanoUsd = BigInt(1 + below(200_000));
      const { grantedNanoUsd } = await tryReserve({ organizationId, id, neededNanoUsd, wantedNanoUsd: neededNanoUsd });
      if (grantedNanoUsd === null) return 0n;
      const more = await extendReservation({ organizationId, id, neededNanoUsd: 1n, wantedNanoUsd: 50_000n });
      const costNanoUsd = grantedNanoUsd + more;
      await inTransaction((on) => debitUsage([{ organizationId, logId: id, costNanoUsd, description: 'm' }], on));
      return costNanoUsd;
    });
    const spent = (await Promise.all(calls)).reduce((sum, cost) => sum + cost, 0n);
    const { balance, sum, reserved } = await ledgerOf(organizationId);
    expect([balance, sum, reserved]).toEqual([deposit - spent, deposit - spent, 0n]);
    expect(balance).toBeGreaterThanOrEqual(0n);
    expect(balance).toBeLessThan(200_000n);
  }
});

test('what expires is what was granted and neither used nor owed before, whatever the order', async () => {
  for (let seed = 200; seed < 212; seed++) {
    const below = random(seed);
    const organizationId = uuidv7();
    const expiresAt = new Date(Date.now() + DAY_MS);
    // Debts are paid by what comes first; what expires is used first.
    let [lasting, expiring, debt] = [0n, 0n, 0n];
    for (let step = 0; step < 30; step++) {
      const amount = BigInt(1 + below(1000));
      if (below(2) === 0) {
        const logId = uuidv7();
        await inTransaction((on) => debitUsage([{ organizationId, logId, costNanoUsd: amount, description: 'm' }], on));
        const fromLots = amount < expiring ? amount : expiring;
        const fromRest = amount - fromLots < lasting ? amount - fromLots : lasting;
        [expiring, lasting, debt] = [expiring - fromLots, lasting - fromRest, debt + amount - fromLots - fromRest];
        continue;
      }
      const expires = below(2) === 0;
      const entry = {
        type: 'grant',
        amountNanoUsd: amount,
        description: 'Grant',
        expiresAt: expires ? expiresAt : null,
      } as const;
      await inTransaction((on) => appendCredit({ organizationId, ...entry }, on));
      const paid = amount < debt ? amount : debt;
      debt -= paid;
      if (expires) expiring += amount - paid;
      else lasting += amount - paid;
    }
    expect(await lotsOf(organizationId)).toBe(expiring);
    expect(await expireCredits(organizationId, new Date(Date.now() + 2 * DAY_MS))).toBe(expiring);
    expect((await ledgerOf(organizationId)).balance).toBe(lasting - debt);
  }
});
