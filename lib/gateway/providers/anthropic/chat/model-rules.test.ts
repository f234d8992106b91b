import { describe, expect, it } from 'vitest';
import { modelRules } from './model-rules';

describe('modelRules', () => {
  it.each([
    ['claude-opus-4-5', 'claude-opus-4-5-20251101'],
    ['claude-opus-4-5', 'anthropic.claude-opus-4-5-20251101-v1:0'],
    ['claude-opus-4-5', 'claude-opus-4.5'],
    ['claude-opus-4-1', 'claude-opus-4-1@20250805'],
    ['claude-sonnet-4-0', 'claude-sonnet-4-20250514'],
    ['claude-opus-5-5', 'anthropic/Claude-Opus-5-5'],
    ['claude-opus-5-5', 'claude-opus-5-5[1m]'],
    ['claude-3-5-haiku-20241022', 'claude-3-5-haiku-latest'],
  ])('knows %s as %s', (model, name) => {
    expect(modelRules(name)).toBe(modelRules(model));
  });

  it('tells neighbours apart', () => {
    const names = [
      'claude-opus-4-20250514',
      'claude-opus-4-5',
      'claude-opus-4-6',
      'claude-opus-4-8',
      'claude-opus-5',
      'claude-opus-5-5',
    ];
    expect(names.map((name) => modelRules(name).thinking)).toEqual([
      ['enabled', 'disabled'],
      ['enabled', 'disabled'],
      ['adaptive', 'enabled', 'disabled'],
      ['adaptive', 'disabled'],
      ['adaptive', 'disabled'],
      ['adaptive'],
    ]);
    expect(names.map((name) => modelRules(name).sampling)).toEqual([true, true, true, false, false, false]);
    expect(names.map((name) => modelRules(name).forcedToolChoice)).toEqual([true, true, true, true, true, false]);
  });

  it('keeps to what models share for newer ones, and passes all on for unknown names', () => {
    expect(modelRules('claude-opus-6')).toMatchObject({ sampling: false, forcedToolChoice: true });
    expect(modelRules('claude-novel-5-1')).toMatchObject({ sampling: false });
    expect(modelRules('my-own-model')).toMatchObject({ sampling: true, forcedToolChoice: true });
  });
});
