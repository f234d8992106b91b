import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY, startGateway, type TestGateway } from '../testing';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway('http://127.0.0.1:1');
});
afterEach(() => gateway.close());

const log = (content: string) => ({
  model: 'claude-opus-5-5',
  prompt_messages: [{ role: 'user', content }],
  completion_message: { role: 'assistant', content: 'Hi' },
});

async function send(body: unknown, path = '/api/request-logs/bulk/', key = KEY) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${gateway.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

test.each(['/api/request-logs/bulk/', '/api/request-logs/batch/create'])(
  '%s stores every log, durably',
  async (path) => {
    const { status, body } = await send({ logs: Array.from({ length: 50 }, (_, n) => log(`No. ${n}`)) }, path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: 50, errors: [] });
    expect(gateway.records.map(({ id }) => id)).toEqual(
      body.results.map((result: { unique_id: string }) => result.unique_id),
    );
    expect(new Set(gateway.records.map(({ id }) => id)).size).toBe(50);
    expect(gateway.intents).toHaveLength(50);
    expect(gateway.records[7]?.promptPreview).toBe('No. 7');
  },
);

test('a log that is refused does not keep the others out, and says what is wrong by field', async () => {
  const { status, body } = await send({ logs: [log('One'), { ...log('Two'), cost: -1 }, 'three', log('Four')] });
  expect(status).toBe(200);
  expect(body).toMatchObject({ message: '2 of 4 logs were refused', created: 2 });
  expect(body.errors).toEqual([
    { index: 1, errors: { cost: ['Must not be negative.'] } },
    { index: 2, errors: { body: ['Send one log as a JSON object.'] } },
  ]);
  expect(gateway.records).toHaveLength(2);
});

test('where all are refused, so is the whole', async () => {
  expect(await send({ logs: [{}, {}] })).toMatchObject({ status: 422, body: { created: 0 } });
});

describe('is refused', () => {
  test.each([
    [{ logs: [] }, /from 1 to 500/],
    [{ logs: Array.from({ length: 501 }, () => log('x')) }, /these are 501/],
    [{ log: log('x') }, /"logs"/],
  ])('for a body that is no list of 1 to 500', async (body, message) => {
    const answered = await send(body);
    expect(answered).toMatchObject({
      status: 422,
      body: { detail: 'Validation error', errors: { logs: [expect.stringMatching(message)] } },
    });
    expect(gateway.records).toEqual([]);
  });

  test('without a key', async () => {
    expect((await send({ logs: [log('x')] }, '/api/request-logs/bulk', 'nobody')).status).toBe(401);
  });

  test('over the limit', async () => {
    expect((await send({ logs: [log('x'.repeat(600 * 1024))] })).status).toBe(413);
  });
});
