import { z } from 'zod';
import { describe, hoistDefinitions, jsonSchema, type Operation } from './operation';
import { OPERATIONS } from './operations';

const problem = z.object({ detail: z.string(), errors: z.record(z.string(), z.array(z.string())).optional() });

/** The API in OpenAPI 3.1, made from the schemas that parse its requests. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) paths[operation.path] = { ...paths[operation.path], ...byMethod(operation) };
  const schemas: Record<string, unknown> = { Problem: jsonSchema(problem, 'output') };
  const hoisted = hoistDefinitions(paths, schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Respan',
      version: '1',
      description: 'The gateway, and the logs of what passed it. A trailing slash on a path does not matter.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { apiKey: [] }],
    paths: hoisted,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}

function byMethod(operation: Operation): Record<string, unknown> {
  return { [operation.method]: describe(operation) };
}
