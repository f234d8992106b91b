import { describe, expect, it } from 'vitest';
import { MergedChoices } from '../../../deliver/merge-choices';
import { Exchange } from '../../../exchange';
import { CALLER, credential } from '../../../testing';
import { NOTHING_READ } from '../../provider';
import { anthropic } from '..';
import { readStream } from './fixtures/read';
import { asArray, asRecord, type JsonRecord } from './json';

/** Recorded streams merged into one, cut and mixed in every way: the result must not depend on how the network did it. */

const NAMES = ['parallel-tools', 'thinking', 'text-cached'];
const STREAMS = NAMES.map((name) => Buffer.from(readStream(name)));
const EVENTS = { 'content-type': 'text/event-stream' };

interface Merged {
  readonly sent: string;
  readonly stopped: number[];
  readonly usage: (number | undefined)[];
}

/** Feeds pieces to choices in this order. A null ends that choice's call. */
function merged(choices: number, pieces: readonly (readonly [number, Buffer | null])[]): Merged {
  const exchange = new Exchange('0190-log', CALLER, '/api/chat/completions', 'chat', {});
  const target = { provider: anthropic, model: 'claude-opus-5-5', credential: credential() };
  const written: string[] = [];
  const outbound = {
    started: false,
    start() {
      this.started = true;
    },
    write: (text: Buffer | string) => written.push(text.toString()) > 0,
    end: (text?: Buffer | string) => void written.push(String(text ?? '')),
    destroy: () => {},
    onDrain: () => {},
    onAbandoned: () => {},
  };
  const stopped: number[] = [];
  const calls = { stopOthers: (choice: number) => void stopped.push(choice), resume: () => {} };
  const context = { exchange, outbound, settle: () => {} };
  const wishes = { includeUsage: true, legacyFunctions: false, choices };
  const { deliveries } = new MergedChoices(context, target, wishes, calls);
  for (const delivery of deliveries) delivery.head(200, EVENTS);
  for (const [choice, bytes] of pieces) {
    if (bytes) deliveries[choice]?.chunk(bytes);
    else deliveries[choice]?.end();
  }
  const usage = exchange.sideCalls.map((call) => call.reading(NOTHING_READ).usage?.outputTokens);
  return { sent: written.join(''), stopped, usage };
}

function chunksOf({ sent }: Merged): JsonRecord[] {
  const frames = sent.split('\n\n').filter((frame) => frame.startsWith('data: {'));
  // The moment of the test is not part of the result.
  return frames.map((frame) => ({ ...asRecord(JSON.parse(frame.slice(6))), created: 0 }));
}

/** What each choice was sent, in order, as if it were alone. */
function byChoice(result: Merged): JsonRecord[][] {
  const chunks = chunksOf(result).map((chunk) => ({ chunk, choice: asRecord(asArray(chunk.choices)[0]) }));
  return NAMES.map((_, index) => chunks.flatMap(({ chunk, choice }) => (choice.index === index ? [chunk] : [])));
}

const IN_TURN = merged(
  3,
  STREAMS.flatMap((bytes, choice) => [[choice, bytes] as const, [choice, null] as const]),
);

describe('merged streams', () => {
  it('hold for each choice what it would have been alone, but for its index', () => {
    for (const [index, bytes] of STREAMS.entries()) {
      const alone = chunksOf(merged(1, [[0, bytes]])).slice(0, -1);
      const renumbered = alone.map((chunk) => ({
        ...chunk,
        choices: asArray(chunk.choices).map((choice) => ({ ...asRecord(choice), index })),
      }));
      expect(byChoice(IN_TURN)[index]).toEqual(renumbered);
    }
    expect(IN_TURN.usage).toEqual(STREAMS.map((bytes) => merged(1, [[0, bytes]]).usage[0]));
  });

  it('end with the sum of all usage and one [DONE], and stop nobody', () => {
    expect(IN_TURN.sent.match(/\[DONE\]/g)).toHaveLength(1);
    expect(IN_TURN.sent.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(IN_TURN.stopped).toEqual([]);
    const single = STREAMS.map((bytes) => asRecord(chunksOf(merged(1, [[0, bytes]])).at(-1)?.usage));
    const sum = (key: string) => single.reduce((total, usage) => total + Number(usage[key]), 0);
    expect(chunksOf(IN_TURN).at(-1)).toMatchObject({
      choices: [],
      usage: {
        prompt_tokens: sum('prompt_tokens'),
        completion_tokens: sum('completion_tokens'),
        total_tokens: sum('total_tokens'),
        cache_read_input_tokens: sum('cache_read_input_tokens'),
      },
    });
  });

  it('are the same wherever one of them is split in two, with the others in between', () => {
    const [first = Buffer.alloc(0), ...others] = STREAMS;
    const rest = others.map((bytes, index) => [index + 1, bytes] as const);
    for (let at = 0; at <= first.length; at++) {
      const result = merged(3, [[0, first.subarray(0, at)], ...rest, [0, first.subarray(at)]]);
      expect(byChoice(result)).toEqual(byChoice(IN_TURN));
      expect(chunksOf(result).at(-1)).toEqual(chunksOf(IN_TURN).at(-1));
    }
  });

  it('are the same in pieces of any size, mixed in any order', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = generator(seed);
      const size = seed <= 20 ? () => seed : () => 1 + Math.floor(random() * 120);
      const left = STREAMS.map((bytes) => ({ bytes, at: 0 }));
      const pieces: [number, Buffer][] = [];
      while (left.some(({ bytes, at }) => at < bytes.length)) {
        const choice = Math.floor(random() * left.length);
        const one = left[choice];
        if (!one || one.at >= one.bytes.length) continue;
        const end = one.at + size();
        pieces.push([choice, one.bytes.subarray(one.at, end)]);
        one.at = end;
      }
      const result = merged(3, pieces);
      expect(byChoice(result)).toEqual(byChoice(IN_TURN));
      expect(result.sent.endsWith('data: [DONE]\n\n')).toBe(true);
      expect(result.usage).toEqual(IN_TURN.usage);
    }
  });

  it('end with one error wherever one of them is cut, whatever the others did before', () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = STREAMS;
    for (let at = 0; at < first.length; at += 7) {
      const result = merged(2, [
        [0, first.subarray(0, at)],
        [1, second],
        [0, null],
        [1, null],
      ]);
      const whole = first.subarray(0, at).includes('event: message_stop\ndata: {"type":"message_stop"}\n\n');
      expect([result.sent.includes('[DONE]'), chunksOf(result).filter((chunk) => 'error' in chunk).length]).toEqual(
        whole ? [true, 0] : [false, 1],
      );
      expect(result.stopped).toEqual(whole ? [] : [0]);
    }
  });
});

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
