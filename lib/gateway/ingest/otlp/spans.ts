import { z } from 'zod';

/** A span as far as a log is made of it. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  /** Of the resource and of the span, the span's own first. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly failed: boolean;
  readonly message: string | null;
}

export interface ReadSpans {
  readonly spans: readonly Span[];
  /** Those that are no spans at all. */
  readonly rejected: number;
}

const nanos = z
  .union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative()])
  .transform((value) => Number(value) / 1e6);
const id = (bytes: number) =>
  z
    .string()
    .transform((text) => (text.length === bytes * 2 ? text : Buffer.from(text, 'base64').toString('hex')).toLowerCase())
    .pipe(z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)));
const attributes = z
  .array(z.object({ key: z.string(), value: z.unknown() }))
  .nullish()
  .transform((list) => Object.fromEntries((list ?? []).map(({ key, value }) => [key, plain(value, 0)])));

const spanSchema = z.object({
  traceId: id(16),
  spanId: id(8),
  parentSpanId: z.union([z.literal('').transform(() => null), id(8)]).nullish(),
  name: z.string().default(''),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  events: z.array(z.object({ name: z.string().default(''), attributes })).nullish(),
  status: z.object({ code: z.union([z.string(), z.number()]).nullish(), message: z.string().nullish() }).nullish(),
});

const list = z
  .array(z.unknown())
  .nullish()
  .transform((items) => items ?? []);
const requestSchema = z.object({ resourceSpans: list });
const resourceSchema = z.object({ resource: z.object({ attributes }).nullish(), scopeSpans: list });
const scopeSchema = z.object({ spans: list });

/** The spans of an OTLP request in its JSON form. @throws ZodError where it is none */
export function readSpans(request: unknown): ReadSpans {
  const spans: Span[] = [];
  let rejected = 0;
  for (const given of requestSchema.parse(request).resourceSpans) {
    const { resource, scopeSpans } = resourceSchema.parse(given);
    for (const item of scopeSpans.flatMap((scope) => scopeSchema.parse(scope).spans)) {
      const parsed = spanSchema.safeParse(item);
      if (parsed.success) spans.push(toSpan(parsed.data, resource?.attributes ?? {}));
      else rejected += 1;
    }
  }
  return { spans, rejected };
}

function toSpan(span: z.output<typeof spanSchema>, resource: Readonly<Record<string, unknown>>): Span {
  const { status, events, startTimeUnixNano, endTimeUnixNano, parentSpanId, attributes, ...rest } = span;
  return {
    ...rest,
    parentSpanId: parentSpanId ?? null,
    startMs: startTimeUnixNano,
    endMs: endTimeUnixNano,
    attributes: { ...resource, ...attributes },
    events: events ?? [],
    failed: ['2', 'STATUS_CODE_ERROR'].includes(String(status?.code)),
    message: status?.message || null,
  };
}

const DEPTH_MAX = 64;
const typed = z.looseObject({
  arrayValue: z.object({ values: list }).optional(),
  kvlistValue: z.object({ values: z.array(z.object({ key: z.string(), value: z.unknown() })).nullish() }).optional(),
});

/** What a typed value of OTLP means: `{"intValue": "5"}` is 5. */
function plain(value: unknown, depth: number): unknown {
  const parsed = typed.safeParse(value);
  if (!parsed.success || depth > DEPTH_MAX) return null;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = parsed.data;
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue) return arrayValue.values.map((item) => plain(item, depth + 1));
  if (kvlistValue) {
    return Object.fromEntries((kvlistValue.values ?? []).map((item) => [item.key, plain(item.value, depth + 1)]));
  }
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null;
}
