import { MANUAL, MEDIUM, type Model, type ModelFacts, model, NO_EFFORTS, NO_THINKING, OLD } from './model';

const SMALL = { contextTokens: 200_000, maxOutputTokens: 8_192 };

function retired(id: string, displayName: string, alias: string | null, retiredOn: string, facts: ModelFacts): Model {
  return model(id, displayName, {
    aliases: alias === null ? [] : [alias],
    lifecycle: 'retired',
    deprecatedOn: retiredOn,
    retiresOn: retiredOn,
    efforts: NO_EFFORTS,
    ...facts,
  });
}

/** Models that no longer answer: kept for the models endpoint, and so that calling one is refused as it should be. */
export const RETIRED_MODELS: readonly Model[] = [
  retired('claude-opus-4-1-20250805', 'Claude Opus 4.1', 'claude-opus-4-1', '2026-08-05', {
    line: 'opus',
    generation: 4.1,
    releasedOn: '2025-08-05',
    thinking: MANUAL,
    ...OLD,
    minCacheableTokens: 1024,
  }),
  retired('claude-opus-4-20250514', 'Claude Opus 4', 'claude-opus-4-0', '2026-06-15', {
    line: 'opus',
    generation: 4,
    releasedOn: '2025-05-22',
    thinking: MANUAL,
    ...OLD,
    minCacheableTokens: 1024,
  }),
  retired('claude-sonnet-4-20250514', 'Claude Sonnet 4', 'claude-sonnet-4-0', '2026-06-15', {
    line: 'sonnet',
    generation: 4,
    releasedOn: '2025-05-22',
    thinking: MANUAL,
    ...MEDIUM,
    minCacheableTokens: 1024,
  }),
  retired('claude-3-7-sonnet-20250219', 'Claude Sonnet 3.7', 'claude-3-7-sonnet-latest', '2026-02-19', {
    line: 'sonnet',
    generation: 3.7,
    releasedOn: '2025-02-24',
    thinking: MANUAL,
    ...MEDIUM,
    minCacheableTokens: 1024,
  }),
  retired('claude-3-5-haiku-20241022', 'Claude Haiku 3.5', 'claude-3-5-haiku-latest', '2026-02-19', {
    line: 'haiku',
    generation: 3.5,
    releasedOn: '2024-10-22',
    thinking: NO_THINKING,
    ...SMALL,
    minCacheableTokens: 2048,
  }),
  retired('claude-3-5-sonnet-20241022', 'Claude Sonnet 3.5 (New)', 'claude-3-5-sonnet-latest', '2025-10-28', {
    line: 'sonnet',
    generation: 3.5,
    releasedOn: '2024-10-22',
    thinking: NO_THINKING,
    ...SMALL,
    minCacheableTokens: 1024,
  }),
  retired('claude-3-5-sonnet-20240620', 'Claude Sonnet 3.5 (Old)', null, '2025-10-28', {
    line: 'sonnet',
    generation: 3.5,
    releasedOn: '2024-06-20',
    thinking: NO_THINKING,
    ...SMALL,
    minCacheableTokens: 1024,
  }),
  retired('claude-3-haiku-20240307', 'Claude Haiku 3', null, '2026-04-20', {
    line: 'haiku',
    generation: 3,
    releasedOn: '2024-03-07',
    thinking: NO_THINKING,
    contextTokens: 200_000,
    maxOutputTokens: 4_096,
    minCacheableTokens: 2048,
  }),
  retired('claude-3-opus-20240229', 'Claude Opus 3', 'claude-3-opus-latest', '2026-01-05', {
    line: 'opus',
    generation: 3,
    releasedOn: '2024-02-29',
    thinking: NO_THINKING,
    contextTokens: 200_000,
    maxOutputTokens: 4_096,
    minCacheableTokens: 1024,
  }),
];
