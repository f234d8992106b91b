import type { PlaygroundModel } from '@/lib/playground/schema';
import { SAMPLE_MODEL } from '../snippets/snippets';

/** The model of an id as a request may name it: with a provider before it, or a date behind it. The gateway judges what nobody knows. */
export function modelOf(models: readonly PlaygroundModel[], id: string): PlaygroundModel {
  const exact = models.find((model) => model.id === id);
  if (exact) return exact;
  const bare = id.slice(id.indexOf('/') + 1);
  const alike = models.filter((model) => bare.startsWith(model.id)).sort((a, b) => b.id.length - a.id.length)[0];
  return { id, providerName: alike?.providerName ?? 'Unknown', format: alike?.format ?? 'chat', custom: !alike };
}

export function firstModel(models: readonly PlaygroundModel[]): string {
  return (models.find(({ id }) => id === SAMPLE_MODEL) ?? models[0])?.id ?? SAMPLE_MODEL;
}
