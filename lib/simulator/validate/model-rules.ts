import type { Client } from '../auth';
import { hasBeta } from '../betas';
import { invalid } from '../errors';
import type { Model } from '../model';
import type { MessageRequest } from './schema';

/** What a model, and the API version, allow besides the shape. @throws ApiError 400 */
export function checkModelRules(request: MessageRequest, model: Model, client: Client): void {
  checkMaxTokens(request, model);
  checkThinking(request, model, client);
  checkEffort(request, model);
  checkSampling(request, model);
  checkSpeed(request, model, client);
  if (request.stop_sequences?.some((sequence) => sequence.trim() === '')) {
    throw invalid('stop_sequences: each stop sequence must contain non-whitespace');
  }
  if (request.inference_geo && model.generation < 4.6) {
    throw invalid('inference_geo: this parameter is not supported for this model');
  }
}

function checkMaxTokens(request: MessageRequest, model: Model): void {
  if (request.max_tokens > model.maxOutputTokens) {
    throw invalid(
      `max_tokens: ${request.max_tokens} > ${model.maxOutputTokens}, which is the maximum allowed number of output ` +
        `tokens for ${model.id}`,
    );
  }
  if (request.max_tokens > 0) return;
  const choice = request.tool_choice?.type;
  const conflict = request.stream
    ? 'stream'
    : request.thinking?.type === 'enabled'
      ? 'thinking.type.enabled'
      : request.output_config?.format
        ? 'output_config.format'
        : choice === 'any' || choice === 'tool'
          ? 'tool_choice'
          : null;
  if (conflict) throw invalid(`max_tokens: 0 cannot be combined with \`${conflict}\``);
}

function checkThinking(request: MessageRequest, model: Model, client: Client): void {
  const { thinking } = request;
  if (!thinking) return;
  if (!model.thinking.accepts.includes(thinking.type)) throw invalid(unsupportedThinking(thinking.type, model));
  const effort = request.output_config?.effort;
  const off = thinking.type === 'disabled' || thinking.type === 'between_tools';
  if (off && model.thinking.onByDefault && (effort === 'xhigh' || effort === 'max')) {
    throw invalid(`"thinking.type.${thinking.type}" is not supported with "output_config.effort": "${effort}".`);
  }
  if (thinking.type !== 'enabled') return;
  if (thinking.budget_tokens >= request.max_tokens && !hasBeta(client.betas, 'interleaved-thinking')) {
    throw invalid(
      '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at ' +
        'https://platform.claude.com/docs/en/build-with-claude/extended-thinking#max-tokens-and-context-window-size',
    );
  }
  if (typeof request.temperature === 'number' && request.temperature !== 1) {
    throw invalid(
      '`temperature` may only be set to 1 when thinking is enabled. Please consult our documentation at ' +
        'https://platform.claude.com/docs/en/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking',
    );
  }
}

function unsupportedThinking(type: string, model: Model): string {
  if (type === 'enabled') {
    return (
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and ' +
      '"output_config.effort" to control thinking behavior.'
    );
  }
  if (type === 'adaptive') return 'adaptive thinking is not supported on this model';
  if (type === 'disabled' && model.thinking.onByDefault) {
    return (
      '"thinking.type.disabled" is not supported for this model. Thinking defaults to adaptive mode when not ' +
      'specified; use "thinking.type.enabled" with "budget_tokens" for extended thinking.'
    );
  }
  return `"thinking.type.${type}" is not supported for this model.`;
}

function checkEffort(request: MessageRequest, model: Model): void {
  const effort = request.output_config?.effort;
  if (!effort) return;
  if (model.efforts.length === 0) throw invalid('This model does not support the effort parameter.');
  if (model.efforts.includes(effort)) return;
  throw invalid(
    `output_config.effort: This model does not support effort level '${effort}'. Supported levels: ` +
      `${model.efforts.join(', ')}.`,
  );
}

const SAMPLING_DEFAULTS = { temperature: 1, top_p: 1, top_k: 0 } as const;

function checkSampling(request: MessageRequest, model: Model): void {
  if (model.generation < 4.7) return;
  for (const name of ['temperature', 'top_p', 'top_k'] as const) {
    const value = request[name];
    if (typeof value === 'number' && value !== SAMPLING_DEFAULTS[name]) {
      throw invalid(`\`${name}\` is deprecated for this model.`);
    }
  }
}

function checkSpeed(request: MessageRequest, model: Model, client: Client): void {
  if (request.speed !== 'fast' || model.fastMode === 'available' || model.fastMode === 'ignored') return;
  if (model.fastMode === 'beta' && hasBeta(client.betas, 'fast-mode')) return;
  throw invalid(
    model.fastMode === 'beta'
      ? 'speed: fast mode on this model needs the `fast-mode-2026-02-01` value of the `anthropic-beta` header'
      : 'speed: fast mode is not supported for this model',
  );
}
