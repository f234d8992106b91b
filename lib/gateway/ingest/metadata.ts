import type { ParsedLog } from './schema';
import { withoutSecretMembers } from './secrets';
import { storableJson } from './storable';

const DEPTH_MAX = 32;
const JSON_MAX = 100_000;

/** Documented fields that have no column: kept where they can be found and filtered by, under one name. */
const KEPT_FIELDS = [
  ...(['trace_unique_id', 'span_unique_id', 'span_parent_id', 'span_name', 'span_workflow_name', 'span_path'] as const),
  ...(['group_identifier', 'customer_params', 'customer_email', 'customer_name'] as const),
  ...(['prompt_id', 'prompt_name', 'is_custom_prompt', 'prompt_version_number'] as const),
  ...(['positive_feedback', 'note', 'category', 'tokens_per_second', 'routing_time'] as const),
];

type Metadata = Record<string, unknown>;

/** The caller's metadata and properties, and under "respan_fields" what has no column of its own. */
export function readMetadata(
  log: ParsedLog,
  spareUniqueId: string | null,
): { ok: true; metadata: Metadata | null } | { ok: false; error: string } {
  const kept: Metadata = spareUniqueId === null ? {} : { unique_id: spareUniqueId };
  for (const name of KEPT_FIELDS) {
    if (log[name] !== null && !isCustomerIdAlone(name, log)) kept[name] = log[name];
  }
  const own = withoutSecretMembers({ ...log.properties, ...log.metadata });
  const merged = Object.keys(kept).length > 0 ? { respan_fields: kept, ...own } : own;
  if (Object.keys(merged).length === 0) return { ok: true, metadata: null };
  if (!isWithinDepth(merged, DEPTH_MAX))
    return { ok: false, error: `Must not be nested more than ${DEPTH_MAX} levels deep.` };
  const json = storableJson(merged);
  if (json === null || json.length > JSON_MAX)
    return { ok: false, error: `Must be at most ${JSON_MAX} characters as JSON.` };
  return { ok: true, metadata: JSON.parse(json) };
}

function isCustomerIdAlone(name: (typeof KEPT_FIELDS)[number], log: ParsedLog): boolean {
  return (
    name === 'customer_params' && Object.keys(log.customer_params ?? {}).every((key) => key === 'customer_identifier')
  );
}

function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithinDepth(inner, levels - 1));
}
