import { invalid } from '../errors';
import type { ContentBlock, MessageParam } from './blocks';

interface Turn {
  readonly index: number;
  readonly role: MessageParam['role'];
  readonly content: ContentBlock[];
}

/** Every tool call is answered in the next turn, and nothing else is. @throws ApiError 400 */
export function checkToolResults(messages: readonly MessageParam[]): void {
  const turns = mergeTurns(messages);
  const seen = new Set<string>();
  turns.forEach((turn, position) => {
    const calls = turn.content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    for (const id of calls) {
      if (seen.has(id)) throw invalid(`messages.${turn.index}: \`tool_use\` ids must be unique`);
      seen.add(id);
    }
    const answers = resultsOf(turns[position + 1]);
    const open = calls.filter((id) => !answers.includes(id));
    if (open.length > 0) {
      throw invalid(
        `messages.${turn.index + 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
          `${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    }
    checkUnexpected(turn, turns[position - 1]);
  });
}

function checkUnexpected(turn: Turn, before: Turn | undefined): void {
  const asked = before?.content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : [])) ?? [];
  const stray = resultsOf(turn).find((id) => !asked.includes(id));
  if (stray === undefined) return;
  throw invalid(
    `messages.${turn.index}.content.${turn.content.findIndex((block) => block.type === 'tool_result' && block.tool_use_id === stray)}: ` +
      `unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a ` +
      'corresponding `tool_use` block in the previous message.',
  );
}

function resultsOf(turn: Turn | undefined): string[] {
  if (turn?.role !== 'user') return [];
  return turn.content.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
}

/** Neighbours of one role are one turn; `index` is that of its first message. */
function mergeTurns(messages: readonly MessageParam[]): Turn[] {
  const turns: Turn[] = [];
  messages.forEach(({ role, content }, index) => {
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ index, role, content: [...content] });
  });
  return turns;
}
