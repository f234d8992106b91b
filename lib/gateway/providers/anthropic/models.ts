import type { CatalogueModel } from '../provider';

const MILLION = 1_000_000;

/** Claude models that are served today, newest line first: https://platform.claude.com/docs/en/about-claude/models/overview */
export const CLAUDE_MODELS: readonly CatalogueModel[] = [
  { id: 'claude-fable-5-2', contextWindowTokens: MILLION },
  { id: 'claude-mythos-5-2', contextWindowTokens: MILLION },
  { id: 'claude-fable-5-1', contextWindowTokens: MILLION },
  { id: 'claude-mythos-5-1', contextWindowTokens: MILLION },
  { id: 'claude-fable-5', contextWindowTokens: MILLION },
  { id: 'claude-mythos-5', contextWindowTokens: MILLION },
  { id: 'claude-opus-5-5', contextWindowTokens: MILLION },
  { id: 'claude-opus-5', contextWindowTokens: MILLION },
  { id: 'claude-opus-4-8', contextWindowTokens: MILLION },
  { id: 'claude-opus-4-7', contextWindowTokens: MILLION },
  { id: 'claude-opus-4-6', contextWindowTokens: MILLION },
  { id: 'claude-opus-4-5', contextWindowTokens: 200_000 },
  { id: 'claude-sonnet-5-5', contextWindowTokens: MILLION },
  { id: 'claude-sonnet-5', contextWindowTokens: MILLION },
  { id: 'claude-sonnet-4-6', contextWindowTokens: MILLION },
  { id: 'claude-sonnet-4-5', contextWindowTokens: 200_000 },
  { id: 'claude-haiku-5-5', contextWindowTokens: MILLION },
  { id: 'claude-haiku-4-5', contextWindowTokens: 200_000 },
];
