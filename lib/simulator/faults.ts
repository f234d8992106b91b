import { invalid } from './errors';

/**
 * Faults on demand. A fault comes in the header `x-simulator-fault` (several divided by `;`), or in the last user
 * message as `[[fault:…]]`:
 *
 *   fault := name (" " option)*        option := key "=" value
 *
 *   <status>   an error instead of an answer, 400–599: `429 retry_after=3` (`none` for no header; default 1 on 429),
 *              `message=Two_words` (underscores are blanks), `code=…` (details.error_code), `body=html` (a proxy's page)
 *   drop       the connection is closed without an answer
 *   slow       `ms=2000` before the first byte
 *   stall      silence in mid-stream: `ms=2000` or `ms=forever` (default)
 *   cut        the socket is destroyed in mid-stream
 *   end        the stream ends properly, but too early: no message_delta, no message_stop
 *   error      an `error` event in mid-stream, then the end: `type=overloaded_error` (default)
 *   malformed  a frame in mid-stream whose data is no JSON; the rest follows
 *   refusal    `category=cyber` (default; `none` for null), `when=before` (default) or `when=mid`
 *   search     the web search fails: `code=unavailable` (default)
 *   deltas     two `message_delta` events; the last one holds the totals
 *   gzip       the answer is compressed
 *
 * The mid-stream ones take `after=<n>` content deltas (default: half of them). Without `stream`, stall, cut and
 * malformed hit the JSON body half-way, error becomes a status 529, and end has nothing to end.
 * Every fault takes `times=<n>`: only the first n requests with it fail. Requests are counted together when they
 * present the same key and the same `id=<any>`, or the same text where there is no id.
 */
export interface FaultPlan {
  status: StatusFault | null;
  drop: boolean;
  firstByteMs: number;
  midStream: MidStreamFault | null;
  refusal: RefusalFault | null;
  searchErrorCode: string | null;
  twoDeltas: boolean;
  gzip: boolean;
}

export interface StatusFault {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly message: string | null;
  readonly errorCode: string | null;
  readonly html: boolean;
}

export interface MidStreamFault {
  readonly kind: 'stall' | 'cut' | 'end' | 'error' | 'malformed';
  /** Content deltas before it happens; null for half of them. */
  readonly afterDeltas: number | null;
  /** Of a stall; null for ever. */
  readonly ms: number | null;
  readonly errorType: string;
}

export interface RefusalFault {
  readonly category: string | null;
  readonly when: 'before' | 'mid';
}

const MAX_COUNTERS = 10_000;

/** Counts how often each limited fault has happened. */
export class FaultCounter {
  private readonly counts = new Map<string, number>();

  /** What goes wrong with this request. @throws ApiError 400 for a fault that is not in the grammar. */
  plan(texts: readonly string[], key: string): FaultPlan {
    const plan: FaultPlan = {
      status: null,
      drop: false,
      firstByteMs: 0,
      midStream: null,
      refusal: null,
      searchErrorCode: null,
      twoDeltas: false,
      gzip: false,
    };
    for (const text of texts) {
      const fault = parseFault(text);
      if (this.isDue(fault, key, text)) addTo(plan, fault);
    }
    return plan;
  }

  private isDue(fault: ParsedFault, key: string, text: string): boolean {
    const times = number(fault, 'times');
    if (times === null) return true;
    const id = `${key} ${fault.options.get('id') ?? text}`;
    const count = this.counts.get(id) ?? 0;
    if (this.counts.size >= MAX_COUNTERS) this.counts.clear();
    this.counts.set(id, count + 1);
    return count < times;
  }
}

/** The faults of an `x-simulator-fault` header. */
export function faultsOfHeader(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

interface ParsedFault {
  readonly name: string;
  readonly options: ReadonlyMap<string, string>;
}

function parseFault(text: string): ParsedFault {
  const [name = '', ...words] = text.trim().split(/\s+/);
  const options = words.map((word): [string, string] => {
    const at = word.indexOf('=');
    if (at < 1) throw invalid(`simulator: "${word}" in the fault "${text}" is not of the form key=value`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
  return { name, options: new Map(options) };
}

function addTo(plan: FaultPlan, fault: ParsedFault): void {
  if (/^[45]\d\d$/.test(fault.name)) {
    plan.status = statusFault(fault);
    return;
  }
  switch (fault.name) {
    case 'drop':
      plan.drop = true;
      return;
    case 'slow':
      plan.firstByteMs = number(fault, 'ms') ?? 2_000;
      return;
    case 'stall':
    case 'cut':
    case 'end':
    case 'error':
    case 'malformed':
      plan.midStream = {
        kind: fault.name,
        afterDeltas: number(fault, 'after'),
        ms: fault.options.get('ms') === 'forever' ? null : number(fault, 'ms'),
        errorType: fault.options.get('type') ?? 'overloaded_error',
      };
      return;
    case 'refusal':
      plan.refusal = refusalFault(fault);
      return;
    case 'search':
      plan.searchErrorCode = fault.options.get('code') ?? 'unavailable';
      return;
    case 'deltas':
      plan.twoDeltas = true;
      return;
    case 'gzip':
      plan.gzip = true;
      return;
    default:
      throw invalid(`simulator: unknown fault "${fault.name}"`);
  }
}

function statusFault({ name, options }: ParsedFault): StatusFault {
  const retryAfter = options.get('retry_after') ?? (name === '429' ? '1' : 'none');
  return {
    status: Number(name),
    retryAfter: retryAfter === 'none' ? null : retryAfter.replace(/[^\w:+,. -]/g, ''),
    message: options.get('message')?.replaceAll('_', ' ') ?? null,
    errorCode: options.get('code') ?? null,
    html: options.get('body') === 'html',
  };
}

function refusalFault({ options }: ParsedFault): RefusalFault {
  const category = options.get('category') ?? 'cyber';
  return { category: category === 'none' ? null : category, when: options.get('when') === 'mid' ? 'mid' : 'before' };
}

function number(fault: ParsedFault, option: string): number | null {
  const text = fault.options.get(option);
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text))
    throw invalid(`simulator: ${option} of the fault "${fault.name}" must be a whole number`);
  return Number(text);
}
