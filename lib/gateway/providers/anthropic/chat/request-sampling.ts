import type { ModelRules } from './model-rules';
import type { ChatRequest } from './schema';

export interface Sampling {
  temperature?: number;
  top_p?: number;
  top_k?: number;
}

const LOWEST_TOP_P_WHEN_THINKING = 0.95;

/**
 * Temperature, top_p and top_k as far as the model takes them. Defaults are never sent: they change nothing, and newer
 * models and API versions refuse even those.
 */
export function toSampling(
  request: Pick<ChatRequest, 'temperature' | 'top_p' | 'top_k'>,
  rules: ModelRules,
  thinking: boolean,
  warnings: Set<string>,
): Sampling {
  const asked: Sampling = {};
  if (isOther(request.temperature, 1)) asked.temperature = cappedTemperature(request.temperature, warnings);
  if (asked.temperature === 1) delete asked.temperature;
  if (isOther(request.top_p, 1)) asked.top_p = request.top_p;
  if (typeof request.top_k === 'number') asked.top_k = request.top_k;

  if (!rules.sampling)
    return without(asked, ['temperature', 'top_p', 'top_k'], 'is not supported by this model', warnings);
  if (thinking) {
    const kept = (asked.top_p ?? 0) >= LOWEST_TOP_P_WHEN_THINKING;
    const refused: (keyof Sampling)[] = kept ? ['temperature', 'top_k'] : ['temperature', 'top_k', 'top_p'];
    return without(asked, refused, 'is not possible together with thinking', warnings);
  }
  if (asked.temperature === undefined) return asked;
  return without(asked, ['top_p'], 'is not possible together with temperature', warnings);
}

function isOther(value: number | null | undefined, usual: number): value is number {
  return typeof value === 'number' && value !== usual;
}

function cappedTemperature(temperature: number, warnings: Set<string>): number {
  if (temperature <= 1) return temperature;
  warnings.add('temperature was lowered to 1, the highest that Anthropic takes.');
  return 1;
}

function without(asked: Sampling, refused: readonly (keyof Sampling)[], why: string, warnings: Set<string>): Sampling {
  const kept = { ...asked };
  for (const name of refused) {
    if (kept[name] === undefined) continue;
    warnings.add(`${name} ${why} and was not sent.`);
    delete kept[name];
  }
  return kept;
}
