import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { LogRecord } from '@/lib/gateway/log-record';
import { storable } from '@/lib/logs/storable';
import { type CustomerProfile, saveCustomers } from './save';

const SAVE_EVERY_MS = 5_000;
/** Beyond so many that could not be saved, later ones are let go: each comes again with the customer's next request. */
const PENDING_MAX = 20_000;

/** As the gateway's parameters have it: metadata may bring the same fields past them. */
const label = z.string().min(1).max(255).nullish().catch(null);
const keptFields = z.object({
  customer_name: label,
  customer_email: label,
  customer_params: z.object({ name: label, email: label }).nullish().catch(null),
});

export interface CustomerNotes {
  note(record: LogRecord): void;
  /** Saves what is pending, and waits for what is being saved. */
  close(): Promise<void>;
}

/** Collects the names and addresses that requests bring and saves them every few seconds, each change once. */
export function noteCustomers(
  report: (message: string, error?: unknown) => void,
  everyMs = SAVE_EVERY_MS,
): CustomerNotes {
  let pending = new Map<string, CustomerProfile>();
  const saved = new LRUCache<string, CustomerProfile>({ max: 20_000 });
  const save = async () => {
    if (pending.size === 0) return;
    const batch = pending;
    pending = new Map();
    try {
      await saveCustomers([...batch.values()]);
      for (const [key, profile] of batch) saved.set(key, merged(profile, saved.get(key)));
    } catch (error) {
      report('Names of customers could not be saved', error);
      for (const [key, profile] of batch) pending.set(key, merged(pending.get(key) ?? profile, profile));
    }
  };
  let saving: Promise<void> | null = null;
  // One at a time: an older name must not arrive after a newer one.
  const saveNext = () => {
    saving ??= save().finally(() => {
      saving = null;
    });
    return saving;
  };
  const timer = setInterval(() => void saveNext(), everyMs);
  timer.unref();
  return {
    note(record) {
      const profile = profileOf(record);
      if (!profile) return;
      const key = `${profile.organizationId}/${profile.identifier}`;
      if (isKnown(profile, saved.get(key)) && !pending.has(key)) return;
      if (pending.size < PENDING_MAX || pending.has(key)) pending.set(key, merged(profile, pending.get(key)));
    },
    async close() {
      clearInterval(timer);
      await saving;
      await saveNext();
    },
  };
}

/** Of the fields that a log keeps beside the caller's own metadata. Null where it names no customer, or nothing more of one. */
export function profileOf({ organizationId, customerIdentifier, metadata }: LogRecord): CustomerProfile | null {
  if (customerIdentifier === null || metadata === null || !('respan_fields' in metadata)) return null;
  const fields = keptFields.safeParse(metadata.respan_fields).data;
  const name = fields?.customer_name ?? fields?.customer_params?.name ?? null;
  const email = fields?.customer_email ?? fields?.customer_params?.email ?? null;
  // As the log has it: two that differ only before they are stored are one customer.
  return name || email ? { organizationId, identifier: storable(customerIdentifier), name, email } : null;
}

/** The newer one, completed from the older. */
function merged(newer: CustomerProfile, older: CustomerProfile | undefined): CustomerProfile {
  return older ? { ...newer, name: newer.name ?? older.name, email: newer.email ?? older.email } : newer;
}

function isKnown(profile: CustomerProfile, saved: CustomerProfile | undefined): boolean {
  if (!saved) return false;
  return (profile.name ?? saved.name) === saved.name && (profile.email ?? saved.email) === saved.email;
}
