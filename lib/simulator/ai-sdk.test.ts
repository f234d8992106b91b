import { createAnthropic } from '@ai-sdk/anthropic';
import { generateObject, generateText, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from './server';
import { KEY } from './test-client';

let simulator: Simulator;
let anthropic: ReturnType<typeof createAnthropic>;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant' });
  anthropic = createAnthropic({ apiKey: KEY, baseURL: `${simulator.url}/v1` });
});
afterAll(() => simulator.close());

// This client parses every answer with a strict schema of its own, made against the real provider.
it('understands whole answers, objects and web searches', async () => {
  const model = anthropic('claude-opus-5-5');
  expect((await generateText({ model, prompt: 'Hello' })).text).toContain('“Hello”');
  const { object } = await generateObject({
    model,
    schema: z.object({ name: z.string(), age: z.int() }),
    prompt: 'Who?',
  });
  expect(object).toEqual({ name: expect.any(String), age: expect.any(Number) });
  const tools = { web_search: anthropic.tools.webSearch_20250305({ maxUses: 1 }) };
  const searched = await generateText({ model, tools, prompt: 'Search the web' });
  expect(searched.sources.length).toBeGreaterThan(0);
});

it('runs a tool in a stream and gets its result answered', async () => {
  const result = streamText({
    model: anthropic('claude-sonnet-5-5'),
    prompt: 'What is the weather in Paris? Think first.',
    stopWhen: stepCountIs(3),
    tools: {
      get_weather: tool({
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => `${city}: 20 degrees`,
      }),
    },
  });
  const errors: unknown[] = [];
  for await (const part of result.fullStream) if (part.type === 'error') errors.push(part.error);
  expect(errors).toEqual([]);
  expect(await result.text).toContain('Paris: 20 degrees');
});
