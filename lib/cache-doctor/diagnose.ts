import type { Position, Prefix } from './prefix';
import type { Diagnosis } from './schema';

/** A call as far as the provider's prompt cache is concerned. */
export interface Call {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** To its first content or end: before that nobody else can read what it writes. */
  readonly readableAfterMs: number;
  readonly model: string | null;
  readonly credentialId: string | null;
  readonly prefix: Prefix | null;
  readonly tokens: {
    readonly uncached: number;
    readonly read: number;
    readonly written5m: number;
    readonly written1h: number;
  };
  /** Nano-dollars for a million tokens, by class, as the log was charged. */
  readonly rates: Readonly<Partial<Record<'input' | 'cache_read' | 'cache_write_5m' | 'cache_write_1h', bigint>>>;
}

const MINUTE_MS = 60_000;
const LIFETIMES_MS = { '5m': 5 * MINUTE_MS, '1h': 60 * MINUTE_MS };
/** How many positions a breakpoint looks back for an earlier one, itself included. */
const LOOK_BACK = 20;
/** The provider counts again with every call; a few tokens of difference are no miss. */
const TOLERANCE = 0.02;

/** Why a call read what it read, judged by the call before it. The rules are the provider's own for its cache. */
export function diagnose(previous: Call | null, call: Call): Diagnosis {
  const expected = previous ? left(previous) : 0;
  const missed = Math.max(0, Math.min(expected, promptOf(call)) - call.tokens.read);
  const found = reasonOf(previous, call, expected);
  const isHit = found.reason === 'hit';
  return {
    reason: found.reason,
    previousId: previous?.id ?? null,
    elapsedMs: previous && call.startedAt - previous.startedAt,
    expectedTokens: expected,
    missedTokens: isHit ? 0 : missed,
    lostNanoUsd: isHit ? '0' : lost(previous, call, missed),
    change: found.change ?? null,
  };
}

type Found = Pick<Diagnosis, 'reason'> & Partial<Pick<Diagnosis, 'change'>>;

function reasonOf(previous: Call | null, call: Call, expected: number): Found {
  const breakpoints = call.prefix?.positions.filter((position) => position.breakpoint) ?? [];
  if (expected > 0 && call.tokens.read >= expected * (1 - TOLERANCE)) return { reason: 'hit' };
  if (call.prefix && breakpoints.length === 0 && call.tokens.read === 0 && written(call) === 0)
    return { reason: 'no_breakpoint' };
  if (!previous) return { reason: 'first_call' };
  if (expected === 0) return { reason: 'nothing_cached' };
  if (previous.model !== call.model) return { reason: 'model_changed' };
  if (previous.credentialId !== call.credentialId) return { reason: 'credential_changed' };
  const changed = changeOf(previous, call);
  if (changed) return changed;
  if (call.startedAt - previous.startedAt > lifetimeMs(previous)) return { reason: 'lapsed' };
  if (call.startedAt < previous.startedAt + previous.readableAfterMs) return { reason: 'too_early' };
  if (isTooFarBack(previous, call)) return { reason: 'too_far_back' };
  return { reason: 'unknown' };
}

/** The first difference within what the call before had cached: a setting that all of it hangs on, or a block. */
function changeOf(previous: Call, call: Call): Found | null {
  const [before, after] = [previous.prefix, call.prefix];
  if (!before || !after) return null;
  if (before.settings.speed !== after.settings.speed) return settingChanged('speed', before, after);
  const cached = before.positions.slice(0, lastBreakpoint(before) + 1);
  for (const [index, position] of cached.entries()) {
    const now = after.positions[index];
    if (now && now.text === position.text && now.path === position.path) continue;
    return { reason: 'content_changed', change: { path: (now ?? position).path, ...excerpts(position, now) } };
  }
  for (const name of ['tool_choice', 'thinking', 'effort'] as const)
    if (before.settings[name] !== after.settings[name]) return settingChanged(name, before, after);
  return null;
}

function settingChanged(name: keyof Prefix['settings'], before: Prefix, after: Prefix): Found {
  return {
    reason: 'setting_changed',
    change: { path: name, before: before.settings[name], after: after.settings[name] },
  };
}

const CONTEXT = 60;
const SHOWN = 240;

/** The stretch around the first character that differs. */
function excerpts(before: Position, after: Position | undefined): { before: string | null; after: string | null } {
  if (!after) return { before: clip(before.text, 0), after: null };
  let at = 0;
  while (at < before.text.length && before.text[at] === after.text[at]) at++;
  const from = Math.max(0, at - CONTEXT);
  return { before: clip(before.text, from), after: clip(after.text, from) };
}

function clip(text: string, from: number): string {
  const end = from + SHOWN;
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
}

/** How long what the call before left stays: as long as its longest breakpoint says. */
function lifetimeMs({ prefix, tokens }: Call): number {
  const isLong = prefix ? prefix.positions.some(({ breakpoint }) => breakpoint === '1h') : tokens.written1h > 0;
  const isShort = prefix?.positions.some(({ breakpoint }) => breakpoint === '5m') ?? tokens.written5m > 0;
  return LIFETIMES_MS[isLong && !isShort ? '1h' : '5m'];
}

/** No breakpoint of this call comes within reach of the last one of the call before. */
function isTooFarBack(previous: Call, call: Call): boolean {
  if (!previous.prefix || !call.prefix) return false;
  const entry = lastBreakpoint(previous.prefix);
  return !call.prefix.positions.some(
    ({ breakpoint }, index) => breakpoint !== null && index >= entry && index - entry < LOOK_BACK,
  );
}

function lastBreakpoint({ positions }: Prefix): number {
  return positions.findLastIndex(({ breakpoint }) => breakpoint !== null);
}

function left({ tokens }: Call): number {
  return tokens.read + tokens.written5m + tokens.written1h;
}

function written({ tokens }: Call): number {
  return tokens.written5m + tokens.written1h;
}

function promptOf({ tokens }: Call): number {
  return tokens.uncached + tokens.read + tokens.written5m + tokens.written1h;
}

/** Missed tokens were written again, or else read as plain input; either way at more than a read costs. */
function lost(previous: Call | null, call: Call, missed: number): string | null {
  if (missed === 0) return '0';
  const read = call.rates.cache_read ?? previous?.rates.cache_read;
  const again = call.tokens.written5m >= call.tokens.written1h ? call.rates.cache_write_5m : call.rates.cache_write_1h;
  const paid = written(call) > 0 ? again : call.rates.input;
  if (read === undefined || paid === undefined) return null;
  return String((BigInt(missed) * (paid - read)) / 1_000_000n);
}
