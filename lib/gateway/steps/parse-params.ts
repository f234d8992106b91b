import { GatewayError } from '../errors';
import type { IncomingHttpHeaders } from '../http/message';
import { isRecord } from '../is-record';
import { HONOURED_PARAMS, PARAM_CONTAINERS, type RespanParams, respanParamsSchema } from '../params';

export interface ParsedParams {
  readonly params: RespanParams;
  readonly warnings: readonly string[];
}

/**
 * Merges Respan's parameters from where they may stand. The first source that has a parameter wins:
 * top level of the body, then a container in it (`respan_params`), then the header.
 * @param members Respan's top-level members of the body, and its containers
 * @throws GatewayError invalid_parameter naming the parameter, never its value
 */
export function parseParams(members: Readonly<Record<string, unknown>>, headers: IncomingHttpHeaders): ParsedParams {
  const merged: Record<string, unknown> = { ...paramsFromHeader(headers) };
  for (const container of ['keywordsai_params', 'respan_params']) {
    const value = members[container];
    if (value === undefined || value === null) continue;
    if (!isRecord(value)) throw new GatewayError('invalid_parameter', `${container} must be an object.`);
    for (const [key, one] of Object.entries(value)) if (key !== '__proto__') merged[key] = one;
  }
  for (const [key, value] of Object.entries(members)) if (!PARAM_CONTAINERS.has(key)) merged[key] = value;

  const warnings: string[] = [];
  for (const key of Object.keys(merged)) {
    if (merged[key] === null) delete merged[key];
    else if (!HONOURED_PARAMS.has(key))
      warnings.push(`The parameter ${key.slice(0, 60)} was ignored: this version does not act on it.`);
  }
  const result = respanParamsSchema.safeParse(merged);
  if (!result.success) {
    const issue = result.error.issues[0];
    // The path holds names the caller chose (models, providers), but never a value, which may be a secret.
    throw new GatewayError(
      'invalid_parameter',
      `${issue?.path.join('.') || 'respan_params'} is not valid: ${issue?.message ?? 'wrong type'}.`,
    );
  }
  refuseOwnAddresses(result.data);
  return { params: result.data, warnings };
}

/** `X-Data-Respan-Params` (or its older name): base64 of JSON, or JSON itself. */
function paramsFromHeader(headers: IncomingHttpHeaders): Record<string, unknown> {
  const raw = headers['x-data-respan-params'] ?? headers['x-data-keywordsai-params'];
  const text = Array.isArray(raw) ? raw[0] : raw;
  if (!text) return {};
  const json = text.trimStart().startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
  try {
    const value: unknown = JSON.parse(json);
    if (isRecord(value)) return value;
  } catch {
    // Falls through: the message must not quote what may be a secret.
  }
  throw new GatewayError(
    'invalid_parameter',
    'The header X-Data-Respan-Params must be a JSON object, plain or in base64.',
  );
}

/** A key sent for another address must not go to the provider's default one. */
function refuseOwnAddresses(params: RespanParams): void {
  for (const [model, fields] of Object.entries(params.credential_override ?? {})) {
    if (fields.api_base !== undefined && fields.api_base !== null) {
      throw new GatewayError(
        'invalid_parameter',
        `credential_override.${model}.api_base is not supported here: only the provider's own address is called.`,
      );
    }
  }
}
