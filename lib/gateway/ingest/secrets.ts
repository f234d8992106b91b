import { SECRET_PARAMS } from '../params';

/** An object without the members that can hold somebody's credential: what is kept of it is safe to store. */
export function withoutSecretMembers(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !SECRET_PARAMS.has(name) && name !== 'api_key'));
}
