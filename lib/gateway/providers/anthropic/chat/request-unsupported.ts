import { isRespanMember } from '../../../params';
import { chatRequestSchema } from './schema';

/** Values that ask for nothing, by parameter. Null always does. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  logprobs: false,
  top_logprobs: 0,
  echo: false,
  frequency_penalty: 0,
  presence_penalty: 0,
  store: false,
  verbosity: 'medium',
};
const LONGEST_NAME = 60;

/** A warning for each parameter of the body that asks for something Anthropic has not got. */
export function warnUnsupported(body: Readonly<Record<string, unknown>>, warnings: Set<string>): void {
  for (const [name, value] of Object.entries(body)) {
    // `metadata` is stored on the log, where a caller of this gateway expects it.
    if (Object.hasOwn(chatRequestSchema.shape, name) || name === 'metadata' || isRespanMember(name)) continue;
    if (!asksForNothing(name, value)) {
      warnings.add(`${name.slice(0, LONGEST_NAME)} is not supported by Anthropic and was not sent.`);
    }
  }
}

function asksForNothing(name: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Object.hasOwn(DEFAULTS, name)) return DEFAULTS[name] === value;
  if (name === 'modalities') return Array.isArray(value) && value.every((modality) => modality === 'text');
  return name === 'logit_bias' && typeof value === 'object' && Object.keys(value).length === 0;
}
