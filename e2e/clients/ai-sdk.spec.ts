import { createAnthropic } from '@ai-sdk/anthropic';
import { generateText, streamText } from 'ai';
import { expect, test } from '../support/gateway';

/** The Vercel AI SDK, which posts to /messages instead of /v1/messages. */

test('text, and a stream', async ({ gateway }) => {
  const anthropic = createAnthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: gateway.key });
  const prompt = '[[reply:Hello from Claude]]';
  const answer = await generateText({ model: anthropic('claude-sonnet-5-5'), prompt });
  expect(answer.text).toBe('Hello from Claude');
  const log = await gateway.log(answer.response.headers?.['x-respan-log-id']);
  expect(log).toMatchObject({ status: 'success', endpoint: '/api/anthropic/v1/messages', untouched: true });

  const stream = streamText({ model: anthropic('claude-sonnet-5-5'), prompt });
  let text = '';
  for await (const chunk of stream.textStream) text += chunk;
  expect(text).toBe('Hello from Claude');
  expect((await stream.usage).outputTokens).toBeGreaterThan(0);
});
