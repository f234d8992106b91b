/** Present name first, then the older names that clients still send, in order of precedence. */
const NAMES: readonly (readonly [string, ...string[]])[] = [
  ['time_to_first_token', 'ttft'],
  ['latency', 'generation_time'],
  ['session_identifier', 'trace_group_identifier', 'thread_identifier'],
  ['prompt_messages', 'messages'],
];

/** Gives older field names their present ones, and remembers what the caller wrote so that errors can name it. */
export function renameAliases(body: Readonly<Record<string, unknown>>): {
  fields: Record<string, unknown>;
  sentAs: (name: string) => string;
} {
  const fields = { ...body };
  const sent = new Map<string, string>();
  for (const [present, ...older] of NAMES) {
    const used = [present, ...older].find((name) => body[name] !== undefined && body[name] !== null);
    for (const name of older) delete fields[name];
    if (!used || used === present) continue;
    fields[present] = body[used];
    sent.set(present, used);
  }
  return { fields, sentAs: (name) => sent.get(name) ?? name };
}
