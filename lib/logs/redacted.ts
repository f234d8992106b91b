import type { Block, LogDetail, LogView, Turn } from './schema';

/**
 * A log as strangers may see it: what was asked and answered, how long it took and what it cost. Not who asked, with which
 * key or credential, with what headers and metadata, what a failure said, nor the bodies as they were sent.
 */
export function redacted(view: LogView): LogView {
  const { prompt, reply } = view.conversation;
  // A body in no known shape could hold anything.
  const conversation = { ...view.conversation, prompt: spoken(prompt), reply: spoken(reply), raw: [] };
  return { ...view, log: redactedLog(view.log), conversation, feedback: { positive: null, note: null } };
}

/** Drawn as they came: values in no known shape, and what a provider said of a failure, which may name keys and accounts. */
const AS_THEY_CAME: ReadonlySet<string> = new Set(['json', 'error', 'content', 'unknown']);

function spoken(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => ({ ...turn, blocks: known(turn.blocks) })).filter(({ blocks }) => blocks.length > 0);
}

function known(blocks: readonly Block[]): Block[] {
  return blocks
    .filter((block) => block.type !== 'other' || !AS_THEY_CAME.has(block.kind))
    .map((block) => (block.type === 'tool_result' ? { ...block, blocks: known(block.blocks) } : block));
}

function redactedLog(log: LogDetail): LogDetail {
  return {
    ...log,
    key: null,
    credential: null,
    customerIdentifier: null,
    threadIdentifier: null,
    customIdentifier: null,
    metadata: null,
    alterations: [],
    warnings: [],
    errorMessage: null,
    // The conversation says it whole; the first line of a failure is what its provider answered.
    promptPreview: null,
    replyPreview: null,
    payload: null,
  };
}
