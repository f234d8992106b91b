import type { PlaygroundModel } from '@/lib/playground/schema';
import { splitEvents } from '../ui/split-events';
import { type Answer, answerFrom, NO_ANSWER, refusal, withEvent } from './answer';

/** What a run has become so far. */
export interface RunProgress {
  /** Known once the answer begins. */
  readonly logId: string | null;
  readonly answer: Answer;
}

/**
 * Runs one request and yields its answer as it grows. Never throws; what went wrong is the answer's `failure`.
 * @param body as the model's provider takes it
 */
export async function* streamRun(
  model: Pick<PlaygroundModel, 'format'>,
  body: Record<string, unknown>,
  signal: AbortSignal,
): AsyncGenerator<RunProgress> {
  let progress: RunProgress = { logId: null, answer: NO_ANSWER };
  const failed = (failure: string) => ({ ...progress, answer: { ...progress.answer, failure, complete: true } });
  try {
    const response = await fetch('/api/dashboard/playground', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: model.format, body: JSON.stringify(body) }),
      signal,
    });
    progress = { ...progress, logId: response.headers.get('x-respan-log-id') };
    if (!response.ok || !response.body) return yield failed(await refusalOf(response));
    if (!response.headers.get('content-type')?.includes('event-stream'))
      return yield { ...progress, answer: answerFrom(await response.json()) };
    yield progress;
    for await (const data of splitEvents(response.body)) {
      progress = { ...progress, answer: withEvent(progress.answer, data) };
      yield progress;
    }
    if (!progress.answer.complete) yield failed('The answer broke off before its end.');
  } catch {
    // The caller that stopped it knows.
    if (!signal.aborted) yield failed('The connection to the server was lost. Check that it runs, then run again.');
  }
}

async function refusalOf(response: Response): Promise<string> {
  const body = refusal.safeParse(await response.json().catch(() => null));
  return body.success ? body.data : `The gateway answered ${response.status}.`;
}
