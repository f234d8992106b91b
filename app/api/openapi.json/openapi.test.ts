import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { EXACT_PATHS } from '@/lib/gateway/http/routes';
import { logSchema } from '@/lib/gateway/ingest/schema';
import { openApiDocument } from './document';
import { GET } from './route';

const API = join(import.meta.dirname, '..');
/** The dashboard's own, the session's, and Stripe's: not for programs that call us. */
const PRIVATE = /^\/api\/(dashboard|auth|stripe)\//;

async function served(): Promise<string[]> {
  const files = (await readdir(API, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  const routes = files.filter((file) => file.endsWith('/route.ts'));
  const found = await Promise.all(
    routes.map(async (file) => {
      const path = `/api/${file.replace(/\/route\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`;
      const source = await readFile(join(API, file), 'utf8');
      const methods = source.matchAll(/^export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE)\b/gm);
      return [...methods].map(([, method]) => `${method} ${path}`);
    }),
  );
  const gateway = EXACT_PATHS.map((path) => `POST ${path}`);
  return [...found.flat().filter((route) => !PRIVATE.test(route.split(' ')[1] ?? '')), ...gateway].sort();
}

test('is a valid OpenAPI 3.1 document', async () => {
  const document = await GET().json();
  const validator = new Validator();
  const result = await validator.validate(document);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('has every route that exists, and no other', async () => {
  const { paths } = JSON.parse(JSON.stringify(openApiDocument()));
  const described = Object.entries<Record<string, unknown>>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(await served());
});

test('describes what is parsed: every field of a log, and every parameter of the list', async () => {
  const { paths, components } = await GET().json();
  const body = paths['/api/request-logs/create'].post.requestBody.content['application/json'].schema;
  expect(Object.keys(body.properties)).toEqual(Object.keys(logSchema.shape));
  expect(body.required ?? []).toEqual([]);
  const parameters = paths['/api/request-logs/list'].get.parameters;
  const size = parameters.find(({ name }: { name: string }) => name === 'page_size');
  expect(size).toMatchObject({ in: 'query', required: false, schema: { default: 100, maximum: 1000 } });
  const answer = paths['/api/request-logs/{logId}'].get.responses['200'].content['application/json'].schema;
  expect(answer).toEqual({ $ref: '#/components/schemas/Log' });
  expect(components.schemas.Log.properties.cost).toEqual({ type: ['number', 'null'] });
});
