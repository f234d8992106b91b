import type { ParsedLog } from './schema';

/** These call a model, so that a log without one is a mistake. */
const MODEL_LOG_TYPES: ReadonlySet<string> = new Set([
  ...['text', 'chat', 'completion', 'response', 'embedding', 'transcription', 'speech', 'generation'],
]);
const OTHER_LOG_TYPES: ReadonlySet<string> = new Set([
  ...['workflow', 'task', 'tool', 'agent', 'handoff', 'guardrail', 'function', 'custom', 'unknown', 'score', 'batch'],
]);

/** What kind of call a log is of, and who served it. */
export interface LogKind {
  readonly logType: string;
  readonly needsModel: boolean;
  /** Null where neither the log nor the model's name tells. */
  readonly provider: string | null;
  readonly warning: string | null;
}

export function readKind(log: ParsedLog): LogKind {
  const said = log.log_type?.trim().toLowerCase() || 'chat';
  const needsModel = MODEL_LOG_TYPES.has(said);
  const isKnown = needsModel || OTHER_LOG_TYPES.has(said);
  return {
    logType: isKnown ? said : 'unknown',
    needsModel,
    provider: log.provider_id?.toLowerCase() ?? providerOf(log.model),
    warning: isKnown ? null : `Unknown log_type "${said}".`,
  };
}

function providerOf(model: string | null): string | null {
  const name = model?.toLowerCase() ?? '';
  if (/^(anthropic\/)?claude/.test(name)) return 'anthropic';
  if (/^(openai\/)?(gpt|chatgpt|o\d)/.test(name)) return 'openai';
  return null;
}
