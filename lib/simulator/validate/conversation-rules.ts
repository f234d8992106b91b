import type { ApiVersion } from '../auth';
import { invalid } from '../errors';
import type { Model } from '../model';
import { verifySignature } from '../reply/signature';
import type { ContentBlock } from './blocks';
import type { PromptRequest } from './schema';
import { checkToolResults } from './tool-result-rules';

/** Who may say what, and in which order. @throws ApiError 400 */
export function checkConversation(request: PromptRequest, model: Model, version: ApiVersion): void {
  checkTexts(request);
  checkRoles(request, model);
  checkBlocksByRole(request, version);
  checkToolResults(request.messages);
  checkThinkingBlocks(request);
}

function checkTexts(request: PromptRequest): void {
  checkTextBlocks('system', request.system ?? []);
  request.messages.forEach(({ role, content }, index) => {
    const isLast = index === request.messages.length - 1;
    if (content.length === 0 || isBlank(content)) {
      if (isLast && role === 'assistant') return;
      throw invalid(
        `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
      );
    }
    checkTextBlocks('messages', content);
    const last = content.at(-1);
    if (isLast && role === 'assistant' && last?.type === 'text' && /\s$/.test(last.text)) {
      throw invalid('messages: final assistant content cannot end with trailing whitespace');
    }
  });
}

function isBlank(content: readonly ContentBlock[]): boolean {
  return content.length === 1 && content[0]?.type === 'text' && content[0].text === '' && !content[0].cache_control;
}

function checkTextBlocks(place: 'system' | 'messages', blocks: readonly ContentBlock[]): void {
  for (const block of blocks) {
    if (block.type !== 'text' || block.text.trim() !== '') continue;
    if (block.cache_control) throw invalid(`${place}: cache_control cannot be set for empty text blocks`);
    if (block.text === '') throw invalid(`${place}: text content blocks must be non-empty`);
    throw invalid(`${place}: text content blocks must contain non-whitespace text`);
  }
}

function checkRoles({ messages }: PromptRequest, model: Model): void {
  if (messages[0]?.role === 'assistant') throw invalid('messages: first message must use the "user" role');
  messages.forEach(({ role }, index) => {
    if (role !== 'system') return;
    if (!allowsSystemMessages(model)) {
      throw invalid(
        'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as ' +
          'an input message role.',
      );
    }
    const before = messages[index - 1];
    const after = messages[index + 1];
    const follows = before?.role === 'user' || (before?.role === 'assistant' && endsInServerTool(before.content));
    if (!follows || (after && after.role !== 'assistant')) {
      throw invalid(
        `messages.${index}: a "system" message must follow a user turn and be last or be followed by an assistant turn`,
      );
    }
  });
  const last = messages.at(-1);
  if (last?.role === 'assistant' && model.generation >= 4.6 && !endsInServerTool(last.content)) {
    throw invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
}

function allowsSystemMessages(model: Model): boolean {
  return model.generation >= 4.8 && model.id !== 'claude-sonnet-5';
}

/** A paused turn is sent back as it is, and may then end with the assistant. */
function endsInServerTool(content: readonly ContentBlock[]): boolean {
  const type = content.at(-1)?.type ?? '';
  return type === 'server_tool_use' || (type.endsWith('_tool_result') && type !== 'tool_result');
}

const ASSISTANT_ONLY = ['thinking', 'redacted_thinking', 'tool_use', 'server_tool_use'];

function checkBlocksByRole({ messages }: PromptRequest, version: ApiVersion): void {
  messages.forEach(({ role, content }, index) => {
    content.forEach((block, position) => {
      const place = `messages.${index}.content.${position}`;
      if (role !== 'assistant' && ASSISTANT_ONLY.includes(block.type)) {
        throw invalid(`messages.${index}: \`${block.type}\` blocks can only be in \`assistant\` messages`);
      }
      if (role === 'assistant' && block.type === 'tool_result') {
        throw invalid(`messages.${index}: \`tool_result\` blocks can only be in \`user\` messages`);
      }
      if (version === '2023-06-01') return;
      if (role === 'assistant' && block.type === 'document') {
        throw invalid(`${place}: \`document\` blocks are not permitted in \`assistant\` messages`);
      }
      if (role === 'user' && block.type === 'text' && (block.citations?.length ?? 0) > 0) {
        throw invalid(`${place}.text.citations: citations are not permitted in \`user\` messages`);
      }
    });
  });
}

function checkThinkingBlocks({ messages }: PromptRequest): void {
  const latest = messages.findLastIndex((message) => message.role === 'assistant');
  messages.forEach(({ content }, index) => {
    content.forEach((block, position) => {
      const verdict =
        block.type === 'thinking'
          ? verifySignature(block.signature, block.thinking)
          : block.type === 'redacted_thinking'
            ? verifySignature(block.data, '')
            : 'good';
      if (verdict === 'good') return;
      const place = `messages.${index}.content.${position}`;
      if (verdict === 'foreign') throw invalid(`${place}: Invalid \`signature\` in \`${block.type}\` block`);
      if (index !== latest) return;
      throw invalid(
        `${place}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. ` +
          'These blocks must remain as they were in the original response.',
      );
    });
  });
}
