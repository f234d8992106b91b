/**
 * Reads OTLP's protobuf form into what its JSON form would be, but with ids in hex from bytes. Only the fields that logs are
 * made of; others are passed over, as protobuf wants it.
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */

interface Field {
  readonly name: string;
  readonly as: 'text' | 'hex' | 'base64' | 'bool' | 'int' | 'double' | 'nanos' | Message;
  readonly repeated?: boolean;
}
type Message = () => Readonly<Record<number, Field>>;

const anyValue: Message = () => ANY_VALUE;
const keyValue: Message = () => KEY_VALUE;
const values: Message = () => ({ 1: { name: 'values', as: anyValue, repeated: true } });
const keyValues: Message = () => ({ 1: { name: 'values', as: keyValue, repeated: true } });

const ANY_VALUE: Readonly<Record<number, Field>> = {
  1: { name: 'stringValue', as: 'text' },
  2: { name: 'boolValue', as: 'bool' },
  3: { name: 'intValue', as: 'int' },
  4: { name: 'doubleValue', as: 'double' },
  5: { name: 'arrayValue', as: values },
  6: { name: 'kvlistValue', as: keyValues },
  7: { name: 'bytesValue', as: 'base64' },
};
const KEY_VALUE: Readonly<Record<number, Field>> = {
  1: { name: 'key', as: 'text' },
  2: { name: 'value', as: anyValue },
};
const ATTRIBUTES = { name: 'attributes', as: keyValue, repeated: true } as const;
const event: Message = () => ({ 2: { name: 'name', as: 'text' }, 3: ATTRIBUTES });
const status: Message = () => ({ 2: { name: 'message', as: 'text' }, 3: { name: 'code', as: 'int' } });
const span: Message = () => ({
  1: { name: 'traceId', as: 'hex' },
  2: { name: 'spanId', as: 'hex' },
  4: { name: 'parentSpanId', as: 'hex' },
  5: { name: 'name', as: 'text' },
  7: { name: 'startTimeUnixNano', as: 'nanos' },
  8: { name: 'endTimeUnixNano', as: 'nanos' },
  9: ATTRIBUTES,
  11: { name: 'events', as: event, repeated: true },
  15: { name: 'status', as: status },
});
const scopeSpans: Message = () => ({ 2: { name: 'spans', as: span, repeated: true } });
const resource: Message = () => ({ 1: ATTRIBUTES });
const resourceSpans: Message = () => ({
  1: { name: 'resource', as: resource },
  2: { name: 'scopeSpans', as: scopeSpans, repeated: true },
});
const REQUEST: Message = () => ({ 1: { name: 'resourceSpans', as: resourceSpans, repeated: true } });

/** Values nest in values; a message that nests deeper is made to break its reader. */
const DEPTH_MAX = 64;

/** @throws RangeError where the bytes are no such message */
export function decodeTraceRequest(bytes: Buffer): Record<string, unknown> {
  return decode(bytes, REQUEST, 0);
}

function decode(bytes: Buffer, message: Message, depth: number): Record<string, unknown> {
  if (depth > DEPTH_MAX) throw new RangeError('The message is nested too deeply.');
  const fields = message();
  const found: Record<string, unknown> = {};
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) {
    const tag = Number(reader.varint());
    const raw = reader.value(tag & 7);
    const field = fields[tag >>> 3];
    if (!field) continue;
    const value = typeof field.as === 'function' ? decode(bytesOf(raw), field.as, depth + 1) : scalar(field.as, raw);
    if (!field.repeated) found[field.name] = value;
    else {
      const list = found[field.name];
      if (Array.isArray(list)) list.push(value);
      else found[field.name] = [value];
    }
  }
  return found;
}

function scalar(as: Exclude<Field['as'], Message>, raw: Buffer | bigint): unknown {
  if (as === 'text') return bytesOf(raw).toString('utf8');
  if (as === 'hex') return bytesOf(raw).toString('hex');
  if (as === 'base64') return bytesOf(raw).toString('base64');
  if (as === 'double') return bytesOf(raw).readDoubleLE(0);
  if (as === 'nanos') return bytesOf(raw).readBigUInt64LE(0).toString();
  if (typeof raw !== 'bigint') throw new RangeError('A number was expected.');
  return as === 'bool' ? raw !== 0n : BigInt.asIntN(64, raw).toString();
}

function bytesOf(raw: Buffer | bigint): Buffer {
  if (typeof raw === 'bigint') throw new RangeError('Bytes were expected.');
  return raw;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError('The message ends within a number.');
  }

  /** A varint as a number, everything else as bytes. */
  value(wireType: number): Buffer | bigint {
    if (wireType === 0) return this.varint();
    if (wireType === 1) return this.#take(8);
    if (wireType === 2) return this.#take(Number(this.varint()));
    if (wireType === 5) return this.#take(4);
    throw new RangeError('The message has a field of an unknown kind.');
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('The message ends within a field.');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
