import type { IncomingHttpHeaders } from 'node:http';
import { parseBetas } from './betas';
import { ApiError, invalid } from './errors';

export const API_VERSIONS = ['2023-06-01', '2026-10-21'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

/** Who calls, and under which rules. */
export interface Client {
  /** The presented key; caches and batches are kept apart by it. */
  readonly key: string;
  readonly version: ApiVersion;
  readonly betas: ReadonlySet<string>;
}

/** @throws ApiError 401 for a missing or refused key, 400 for a missing or unknown version or beta. */
export function authenticate(headers: IncomingHttpHeaders): Client {
  const key = presentedKey(headers);
  const version = single(headers['anthropic-version']);
  if (version === undefined) throw invalid('anthropic-version: header is required');
  const known = API_VERSIONS.find((candidate) => candidate === version);
  if (!known) throw invalid(`anthropic-version: "${version}" is not a valid version`);
  return { key, version: known, betas: parseBetas(single(headers['anthropic-beta'])) };
}

function presentedKey(headers: IncomingHttpHeaders): string {
  const apiKey = single(headers['x-api-key']);
  if (apiKey !== undefined) {
    if (!isGood(apiKey)) throw refused('invalid x-api-key');
    return apiKey;
  }
  const bearer = /^Bearer +(\S+)$/i.exec(single(headers.authorization) ?? '')?.[1];
  if (bearer === undefined) throw refused('x-api-key header is required');
  if (!isGood(bearer)) throw refused('Invalid bearer token');
  return bearer;
}

function isGood(key: string): boolean {
  return key.startsWith('sk-ant-') && !/invalid|revoked/.test(key);
}

function refused(message: string): ApiError {
  return new ApiError(401, 'authentication_error', message);
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
