import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ask, type LogApi, openLogApi, read } from '@/app/api/request-logs/testing';
import { runAction } from '@/app/run-action';
import { AppError, toAppError } from '@/lib/errors';
import { answerKey } from './answer-key';

let api: LogApi;
beforeAll(async () => {
  api = await openLogApi();
});
afterAll(() => api.drop());
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

const failing = (error: unknown) =>
  read(
    answerKey(ask(''), () => {
      throw error;
    }),
  );

test('what is wrong with a request is told by field, and is nothing to log', async () => {
  const wrong = z.object({ page: z.number() }).safeParse({}).error;
  expect(await failing(wrong)).toMatchObject({ status: 422, body: { errors: { page: [expect.any(String)] } } });
  expect(await failing(new AppError('not_found', 'No such log'))).toEqual({
    status: 404,
    body: { detail: 'No such log' },
  });
  expect(console.error).not.toHaveBeenCalled();
});

test('what went wrong on our side is told to the log alone, with its cause', async () => {
  const cause = new Error('canary');
  for (const error of [cause, toAppError(cause)]) {
    const { status, body } = await failing(error);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('canary');
    expect(console.error).toHaveBeenLastCalledWith(expect.any(String), cause);
    await runAction(() => Promise.reject(error));
    expect(console.error).toHaveBeenLastCalledWith('A server action failed:', cause);
  }
  expect(console.error).toHaveBeenCalledTimes(4);
});
