import { isRecord } from '../../../is-record';

export type JsonRecord = Record<string, unknown>;

/** The value as an object with unknown members; an empty one for anything else. */
export function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function asCount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

/** Far above any schema or tool input, far below what overflows the stack when a request is written. */
export const DEEPEST_LEVELS = 256;

/** Whether a value can be written as JSON without the stack overflowing, by far. */
export function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const part of Object.values(value)) if (!isShallow(part, levels - 1)) return false;
  return true;
}
