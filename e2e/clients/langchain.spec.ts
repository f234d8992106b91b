import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { expect, test } from '../support/gateway';

/** LangChain, through both of its clients. */

const MODEL = 'claude-sonnet-5-5';
const prompt = '[[reply:Hello from Claude]]';

test.describe('ChatAnthropic', () => {
  const connect = ({ url, key }: { url: string; key: string }) =>
    new ChatAnthropic({ model: MODEL, maxTokens: 2000, apiKey: key, anthropicApiUrl: `${url}/api/anthropic` });

  test('an answer, a stream, and their usage', async ({ gateway }) => {
    const model = connect(gateway);
    const answer = await model.invoke(prompt);
    expect(answer.text).toBe('Hello from Claude');
    expect(answer.usage_metadata?.output_tokens).toBeGreaterThan(0);

    let text = '';
    let outputTokens = 0;
    for await (const chunk of await model.stream(prompt)) {
      text += chunk.text;
      outputTokens += chunk.usage_metadata?.output_tokens ?? 0;
    }
    expect(text).toBe('Hello from Claude');
    expect(outputTokens).toBeGreaterThan(0);
  });

  test('a tool, called and answered', async ({ gateway }) => {
    const weather = tool(() => 'Sunny', {
      name: 'get_weather',
      description: 'Weather of a city',
      schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    });
    const model = connect(gateway).bindTools([weather]);
    const question = new HumanMessage('Tell the weather in Paris.');
    const first = await model.invoke([question]);
    expect(first.tool_calls).toMatchObject([{ name: 'get_weather' }]);
    const result = new ToolMessage({ content: 'Sunny', tool_call_id: first.tool_calls?.[0]?.id ?? '' });
    const second = await model.invoke([question, first, result]);
    expect(second.text.length).toBeGreaterThan(0);
  });
});

test.describe('ChatOpenAI', () => {
  const connect = ({ url, key }: { url: string; key: string }) =>
    new ChatOpenAI({ model: MODEL, apiKey: key, configuration: { baseURL: `${url}/api` } });

  test('an answer, a stream, and their usage', async ({ gateway }) => {
    const model = connect(gateway);
    const answer = await model.invoke(prompt);
    expect(answer.text).toBe('Hello from Claude');
    expect(answer.usage_metadata?.total_tokens).toBeGreaterThan(0);

    let text = '';
    for await (const chunk of await model.stream(prompt)) text += chunk.text;
    expect(text).toBe('Hello from Claude');
  });

  test('Respan parameters by modelKwargs', async ({ gateway }) => {
    const customer = `langchain-${Date.now()}`;
    let logId: string | null = null;
    const model = new ChatOpenAI({
      model: MODEL,
      apiKey: gateway.key,
      modelKwargs: { customer_identifier: customer },
      configuration: {
        baseURL: `${gateway.url}/api`,
        fetch: async (...call) => {
          const response = await fetch(...call);
          logId = response.headers.get('x-respan-log-id');
          return response;
        },
      },
    });
    await model.invoke(prompt);
    expect(await gateway.log(logId)).toMatchObject({ status: 'success', customerIdentifier: customer });
  });
});
