import { isRecord } from '../../../is-record';
import { asArray, type JsonRecord } from './json';

const DEEPEST = 64;
const STRING_FORMATS: ReadonlySet<unknown> = new Set([
  ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'],
]);
const SCHEMA_MAPS = ['properties', '$defs', 'definitions'];
const SCHEMA_LISTS = ['anyOf', 'allOf'];
const KEPT = new Set(['$ref', 'type', 'title', 'description', 'enum', 'const', 'required', 'default']);

/**
 * A JSON schema as Anthropic's strict modes take it: objects are closed, `oneOf` is `anyOf`, and limits the grammar can't
 * enforce (minimum, pattern, maxItems …) become part of the description, where the model still reads them.
 */
export function toStrictSchema(schema: unknown, depth = 0): unknown {
  if (!isRecord(schema) || depth > DEEPEST) return schema;
  const strict: JsonRecord = {};
  const limits: string[] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (SCHEMA_MAPS.includes(key) && isRecord(value)) strict[key] = mapValues(value, depth);
    else if (SCHEMA_LISTS.includes(key)) strict[key] = asArray(value).map((item) => toStrictSchema(item, depth + 1));
    else if (key === 'oneOf') strict.anyOf = asArray(value).map((item) => toStrictSchema(item, depth + 1));
    else if (key === 'items' && isRecord(value)) strict.items = toStrictSchema(value, depth + 1);
    else if (isKept(key, value)) strict[key] = value;
    else if (key !== '$schema' && key !== 'additionalProperties') limits.push(`${key}: ${JSON.stringify(value)}`);
  }
  if (isObjectType(strict.type) || strict.properties !== undefined) strict.additionalProperties = false;
  if (limits.length > 0) {
    const described = typeof strict.description === 'string' ? `${strict.description}\n\n` : '';
    strict.description = `${described}{${limits.join(', ')}}`;
  }
  return strict;
}

function mapValues(schemas: JsonRecord, depth: number): JsonRecord {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toStrictSchema(schema, depth + 1)]));
}

function isKept(key: string, value: unknown): boolean {
  if (KEPT.has(key)) return true;
  if (key === 'format') return STRING_FORMATS.has(value);
  return key === 'minItems' && (value === 0 || value === 1);
}

function isObjectType(type: unknown): boolean {
  return type === 'object' || asArray(type).includes('object');
}
