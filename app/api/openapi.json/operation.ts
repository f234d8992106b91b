import { z } from 'zod';

/** One operation of the API, described by the schemas that parse it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** With its parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Parameters of the address. */
  readonly query?: z.ZodObject;
  /** Filters may be named in the address too. */
  readonly filtered?: boolean;
  readonly body?: z.ZodType;
  /** Null where nothing is answered. */
  readonly answer: z.ZodType | null;
  readonly errors?: readonly number[];
  readonly isPublic?: boolean;
}

const ERRORS: Readonly<Record<number, string>> = {
  400: 'The body is no JSON.',
  401: 'The API key is missing, invalid or expired.',
  402: 'No key of the provider, and no credits.',
  404: 'There is no such thing, or it belongs to another organization.',
  413: 'The body is too large.',
  422: 'A field is not valid; `errors` names it.',
  429: 'A limit is reached.',
  502: 'The provider could not be reached.',
};

/** The operation in the words of OpenAPI 3.1. */
export function describe(operation: Operation): Record<string, unknown> {
  const { method, path, tag, summary, description, query, filtered, body, answer, isPublic } = operation;
  const errors = [...new Set([...(operation.errors ?? []), ...(body ? [413] : []), ...(isPublic ? [] : [401])])].sort();
  return {
    operationId: `${method}_${path.replace(/\W+/g, '_').replace(/^_api_|_$/g, '')}`,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : []), ...(filtered ? [FILTERS] : [])],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }
      : {}),
    responses: {
      ...(answer
        ? { 200: { description: 'OK', content: { 'application/json': { schema: jsonSchema(answer, 'output') } } } }
        : { 204: { description: 'Done' } }),
      ...Object.fromEntries(
        errors.map((status) => [status, { description: ERRORS[status] ?? 'Refused', content: PROBLEM }]),
      ),
    },
    ...(isPublic ? { security: [] } : {}),
  };
}

const PROBLEM = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };

const FILTERS = {
  name: 'filters',
  in: 'query',
  description:
    'Any field as `field=value`, or `field[operator]=gt&field[value]=0.01&field[connector]=OR`. ' +
    'A field that is not known is a member of the metadata, with or without `metadata__` before it.',
  style: 'form',
  explode: true,
  schema: { type: 'object', additionalProperties: { type: 'string' } },
};

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject): object[] {
  return Object.entries(query.shape).map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema, 'input');
    return { name, in: 'query', required: false, ...(description ? { description } : {}), schema: rest };
  });
}

/** What a caller writes, or what it reads. Times and the like, which JSON has no type for, are described by their text. */
export function jsonSchema(schema: z.ZodType | z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const options = { io, target: 'draft-2020-12', unrepresentable: 'any' } as const;
  const { $schema: _, id: __, ...rest } = z.toJSONSchema(schema, options);
  return rest;
}

/** Schemas with a name stand once, under components: moves their definitions there, and leads references to them. */
export function hoistDefinitions(document: unknown, into: Record<string, unknown>): unknown {
  if (Array.isArray(document)) return document.map((item) => hoistDefinitions(item, into));
  if (typeof document !== 'object' || document === null) return document;
  const entries = Object.entries(document).flatMap(([name, value]): [string, unknown][] => {
    if (name === '$ref' && typeof value === 'string')
      return [[name, value.replace('#/$defs/', '#/components/schemas/')]];
    const moved = hoistDefinitions(value, into);
    if (name !== '$defs' || typeof moved !== 'object' || moved === null) return [[name, moved]];
    for (const [id, { id: _, ...schema }] of Object.entries(moved)) into[id] = schema;
    return [];
  });
  return Object.fromEntries(entries);
}
