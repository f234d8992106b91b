import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What the log store has done since the process began; see JournalCounters. */
export interface LogCounters {
  readonly accepted: number;
  readonly written: number;
  readonly pending: number;
  readonly dead: number;
}

/**
 * What this process tells Prometheus: the log store's counters, and the process itself (memory, event loop, garbage collection).
 * Nothing in it names an organization, a key or a model.
 */
export function createRegistry(counters: () => LogCounters): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const totals = {
    accepted: 'Logs taken since the process began, those left by processes that died included.',
    written: 'Of them in the database.',
    dead: 'Of them refused by the database for good; they are in dead.jsonl.',
  };
  for (const name of ['accepted', 'written', 'dead'] as const) {
    new Counter({
      name: `respan_logs_${name}_total`,
      help: totals[name],
      registers: [registry],
      collect() {
        this.reset();
        this.inc(counters()[name]);
      },
    });
  }
  new Gauge({
    name: 'respan_logs_pending',
    help: 'Logs in the journal that are not in the database yet.',
    registers: [registry],
    aggregator: 'sum',
    collect() {
      this.set(counters().pending);
    },
  });
  return registry;
}
