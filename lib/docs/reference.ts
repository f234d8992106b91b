import { z } from 'zod';
import { pageOf } from './guide';
import type { DocsPage } from './schema';

/** The API reference as a page, written from the OpenAPI document. @param document in OpenAPI 3.1 */
export function referencePage(document: unknown): DocsPage {
  const { paths, components } = openApi.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, at: `${method.toUpperCase()} ${path}` })),
  );
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))];
  const parts = tags.map((tag) => {
    const described = sameTogether(operations.filter((operation) => operation.tags.includes(tag)));
    return `## ${tag}\n\n${described.map((one) => describe(one, components.schemas)).join('\n')}`;
  });
  return pageOf('api-reference', 'Reference', `${INTRODUCTION}\n${parts.join('\n')}`);
}

const INTRODUCTION = `# API reference

Every endpoint with its parameters, fields and errors. Programs read the same as [OpenAPI 3.1](/api/openapi.json).

The base URL is \`{{origin}}\`. Send an API key as \`Authorization: Bearer\` or as \`x-api-key\`. A trailing slash does not matter.
What OpenAI's and Anthropic's own bodies hold is in their documentation; [Parameters](/docs/parameters) has what Respan adds.
`;

const schemaNode = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  $ref: z.string().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), schemaNode).optional();
  },
  get items() {
    return schemaNode.optional();
  },
  get anyOf() {
    return z.array(schemaNode).optional();
  },
});
type SchemaNode = z.output<typeof schemaNode>;

const content = z.object({ 'application/json': z.object({ schema: schemaNode }) }).optional();
const operationSchema = z.object({
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.string(),
      required: z.boolean().default(false),
      description: z.string().optional(),
      schema: schemaNode,
    }),
  ),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
  security: z.array(z.unknown()).optional(),
});
type Operation = z.output<typeof operationSchema> & { readonly at: string };

const openApi = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaNode) }),
});
type Schemas = z.output<typeof openApi>['components']['schemas'];

/** Operations that differ in their address alone are one, with several addresses. */
function sameTogether(operations: readonly Operation[]): (Operation & { readonly also: string[] })[] {
  const together = new Map<string, Operation & { also: string[] }>();
  for (const operation of operations) {
    const { at, ...rest } = operation;
    const key = JSON.stringify(rest);
    const known = together.get(key);
    if (known) known.also.push(at);
    else together.set(key, { ...operation, also: [] });
  }
  return [...together.values()];
}

function describe(operation: Operation & { readonly also: string[] }, schemas: Schemas): string {
  const { at, also, summary, description, parameters, requestBody, responses, security, tags } = operation;
  // Bodies of the gateway are the providers' own.
  const body = tags.includes('Gateway') ? undefined : requestBody?.content?.['application/json'].schema;
  const answer = responses['200']?.content?.['application/json'].schema;
  const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  return [
    `### ${summary}: ${at}\n`,
    ...(description ? [`${description}\n`] : []),
    ...(also.length > 0 ? [`Also at ${also.map((one) => `\`${one}\``).join(', ')}.\n`] : []),
    ...(security ? ['Needs no key.\n'] : []),
    ...table(
      'Parameter',
      parameters.map((one) => ({ ...one, schema: one.schema })),
      schemas,
    ),
    ...table('Field of the body', fieldsOf(body, schemas), schemas),
    ...(responses['204'] ? ['Answers 204, without a body.\n'] : []),
    ...table('Field of the answer', tags.includes('Gateway') ? [] : fieldsOf(answer, schemas), schemas),
    ...(errors.length > 0 ? [`Errors: ${errors.map(([status]) => `\`${status}\``).join(', ')}.\n`] : []),
  ].join('\n');
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: SchemaNode;
}

function fieldsOf(schema: SchemaNode | undefined, schemas: Schemas): Field[] {
  const target = schema && resolve(schema, schemas);
  return Object.entries(target?.properties ?? {}).map(([name, property]) => ({
    name,
    required: target?.required?.includes(name) ?? false,
    schema: property,
  }));
}

function table(head: string, fields: readonly Field[], schemas: Schemas): string[] {
  const rows = fields.map(({ name, schema, description }) => ({
    name,
    type: typeOf(schema, schemas),
    about: [description ?? schema.description, defaultOf(schema)].filter(Boolean).join(' '),
  }));
  if (rows.length === 0) return [];
  const withAbout = rows.some(({ about }) => about !== '');
  const line = (...cells: string[]) => `| ${cells.slice(0, withAbout ? 3 : 2).join(' | ')} |`;
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const lines = rows.map(({ name, type, about }) => line(`\`${name}\``, cell(type), cell(about)));
  return [`${[line(head, 'Type', 'About'), line('---', '---', '---'), ...lines].join('\n')}\n`];
}

function defaultOf(schema: SchemaNode): string {
  return schema.default === undefined ? '' : `Default: \`${JSON.stringify(schema.default)}\`.`;
}

function typeOf(schema: SchemaNode, schemas: Schemas): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => typeOf(one, schemas)))].join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items, schemas)}`;
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return 'anything';
  return types.map((type) => (type === 'string' && schema.format ? schema.format : type)).join(' or ');
}

function resolve(schema: SchemaNode, schemas: Schemas): SchemaNode {
  return (schema.$ref ? schemas[nameOf(schema.$ref)] : undefined) ?? schema;
}

function nameOf(reference: string): string {
  return reference.split('/').at(-1) ?? reference;
}
