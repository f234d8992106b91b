import { describe, expect, it } from 'vitest';
import { toChatError } from './error';

const anthropic = (type: string, message: string, extra = {}) => ({
  type: 'error',
  error: { type, message, ...extra },
  request_id: 'req_1',
});

describe('toChatError', () => {
  it.each<[number, unknown, { message: string; type: string; code: string }]>([
    [
      400,
      anthropic('invalid_request_error', 'max_tokens: Field required'),
      { message: 'max_tokens: Field required', type: 'invalid_request_error', code: 'invalid_request_error' },
    ],
    [
      429,
      anthropic('rate_limit_error', 'Cap', { details: { error_code: 'enforced_spend_limit_reached' } }),
      { message: 'Cap', type: 'rate_limit_error', code: 'enforced_spend_limit_reached' },
    ],
    [
      529,
      anthropic('overloaded_error', 'Overloaded'),
      { message: 'Overloaded', type: 'overloaded_error', code: 'overloaded_error' },
    ],
    [
      502,
      '<html><body>Bad gateway</body></html>',
      { message: 'The provider answered with status 502 and no explanation.', type: 'api_error', code: 'api_error' },
    ],
    [503, 'upstream connect error', { message: 'upstream connect error', type: 'api_error', code: 'api_error' }],
    [
      413,
      null,
      {
        message: 'The provider answered with status 413 and no explanation.',
        type: 'request_too_large',
        code: 'request_too_large',
      },
    ],
    [418, { error: 'teapot' }, { message: 'teapot', type: 'invalid_request_error', code: 'invalid_request_error' }],
    [
      500,
      { error: { message: 5, type: [] } },
      { message: 'The provider answered with status 500 and no explanation.', type: 'api_error', code: 'api_error' },
    ],
  ])('%i %j', (status, body, error) => {
    expect(toChatError(status, body)).toEqual({ error: { ...error, param: null }, detail: error.message });
  });

  it('never repeats a key', () => {
    const { error, detail } = toChatError(
      401,
      anthropic('authentication_error', 'Bad key sk-ant-api03-abcdefghijklmnop given'),
    );
    expect(error.message).toBe('Bad key sk-… given');
    expect(detail).toBe(error.message);
  });
});
