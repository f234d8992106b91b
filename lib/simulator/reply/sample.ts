import { z } from 'zod';
import type { Seed } from './seed';

const MAX_DEPTH = 24;
const MAX_ITEMS = 100;

const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  $ref: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().positive().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
});

type JsonSchema = z.infer<typeof jsonSchema>;

export interface Sampler {
  readonly root: unknown;
  readonly seed: Seed;
  /** Offered to the free-text fields first. */
  readonly hint: string | null;
}

/** A value that a JSON schema accepts. Constraints it cannot read, such as `pattern`, are left aside. */
export function sample(schema: unknown, sampler: Sampler, name = 'value', depth = 0): unknown {
  const parsed = jsonSchema.safeParse(schema);
  if (!parsed.success || depth > MAX_DEPTH) return null;
  const node = merged(parsed.data, sampler.root);
  if ('const' in node) return node.const;
  if (node.enum && node.enum.length > 0) return node.enum[sampler.seed.below(node.enum.length)];
  const options = node.anyOf ?? node.oneOf;
  if (options && options.length > 0) return sample(choose(options, depth), sampler, name, depth + 1);
  if (node.default !== undefined) return node.default;
  if (node.examples && node.examples.length > 0) return node.examples[0];
  switch (typeOf(node)) {
    case 'object':
      return sampleObject(node, sampler, depth);
    case 'array':
      return sampleArray(node, sampler, name, depth);
    case 'integer':
    case 'number':
      return sampleNumber(node, sampler.seed);
    case 'boolean':
      return sampler.seed.below(2) === 1;
    case 'null':
      return null;
    default:
      return sampleString(node, sampler, name);
  }
}

function sampleObject(node: JsonSchema, sampler: Sampler, depth: number): Record<string, unknown> {
  const properties = node.properties ?? {};
  const required = node.required ?? [];
  // Deep inside a schema that refers to itself only what must be there keeps it finite.
  const names = depth > MAX_DEPTH / 3 ? required : [...new Set([...Object.keys(properties), ...required])];
  return Object.fromEntries(names.map((name) => [name, sample(properties[name] ?? {}, sampler, name, depth + 1)]));
}

function sampleArray(node: JsonSchema, sampler: Sampler, name: string, depth: number): unknown[] {
  const fixed = (node.prefixItems ?? []).map((item) => sample(item, sampler, name, depth + 1));
  const wanted = Math.min(Math.max(node.minItems ?? 0, depth > MAX_DEPTH / 3 ? 0 : 1), MAX_ITEMS);
  const missing = node.items === false ? 0 : Math.max(0, wanted - fixed.length);
  return [...fixed, ...Array.from({ length: missing }, () => sample(node.items ?? {}, sampler, name, depth + 1))];
}

function sampleNumber(node: JsonSchema, seed: Seed): number {
  const isInteger = typeOf(node) === 'integer';
  const step = node.multipleOf ?? 1;
  const low = node.minimum ?? (node.exclusiveMinimum === undefined ? undefined : node.exclusiveMinimum + step / 2);
  const high = node.maximum ?? (node.exclusiveMaximum === undefined ? undefined : node.exclusiveMaximum - step / 2);
  const wanted = low === undefined ? (high === undefined ? 1 + seed.below(20) : Math.min(high, 1)) : low;
  const stepped = Math.ceil(wanted / step) * step;
  const fits = high === undefined || stepped <= high;
  return isInteger || fits ? stepped : ((low ?? wanted) + (high ?? wanted)) / 2;
}

const FORMATS: Record<string, string> = {
  date: '2026-11-22',
  time: '12:00:00Z',
  'date-time': '2026-11-22T12:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  hostname: 'example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '3f2b8c1e-5d4a-4b6c-8e7f-901234567890',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

function sampleString(node: JsonSchema, sampler: Sampler, name: string): string {
  const text = (node.format && FORMATS[node.format]) ?? sampler.hint ?? `simulated ${name.replace(/[_-]+/g, ' ')}`;
  return text.padEnd(node.minLength ?? 0, '.').slice(0, node.maxLength ?? text.length + (node.minLength ?? 0));
}

function typeOf(node: JsonSchema): string {
  const type = Array.isArray(node.type) ? (node.type.find((option) => option !== 'null') ?? 'null') : node.type;
  if (type !== undefined) return type;
  if (node.properties) return 'object';
  if (node.items || node.prefixItems) return 'array';
  return node.minimum !== undefined || node.maximum !== undefined ? 'number' : 'string';
}

/** Too deep, the last option: in a recursive union it is as a rule the one that ends it. */
function choose(options: readonly unknown[], depth: number): unknown {
  const ending = options.find((option) => jsonSchema.safeParse(option).data?.type === 'null');
  return depth > MAX_DEPTH / 3 ? (ending ?? options.at(-1)) : options[0];
}

/** The schema with its reference and its `allOf` parts written out. */
function merged(node: JsonSchema, root: unknown): JsonSchema {
  const result: JsonSchema = node.$ref === undefined ? { ...node } : { ...resolve(node.$ref, root), ...node };
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  for (const part of [...(result.allOf ?? []), { properties: result.properties, required: result.required }]) {
    const parsed = jsonSchema.safeParse(part);
    if (!parsed.success) continue;
    const other = parsed.data.$ref === undefined ? parsed.data : resolve(parsed.data.$ref, root);
    Object.assign(properties, other.properties);
    required.push(...(other.required ?? []));
    result.type ??= other.type;
    result.enum ??= other.enum;
  }
  if (required.length > 0 || Object.keys(properties).length > 0) Object.assign(result, { properties, required });
  return result;
}

function resolve(ref: string, root: unknown, hops = 0): JsonSchema {
  const path = ref.replace(/^#\/?/, '').split('/');
  const found = path.reduce<unknown>(
    (node, key) =>
      key === '' || typeof node !== 'object' || node === null
        ? node
        : Reflect.get(node, key.replaceAll('~1', '/').replaceAll('~0', '~')),
    root,
  );
  const target = jsonSchema.safeParse(found).data ?? {};
  return target.$ref === undefined || hops > MAX_DEPTH ? target : resolve(target.$ref, root, hops + 1);
}
