import { refusal } from './answer';
import { answerFromLog, draftFrom } from './restore';
import { NO_RUN } from './run';
import type { Saved } from './storage';

/** A log as it stood: its request to be made again, and its answer beside it. @throws Error whose message may be shown */
export async function openLog(id: string, fallbackModel: string): Promise<Saved> {
  const [request, response] = await Promise.all([bodyOf(id, 'request'), bodyOf(id, 'response').catch(() => null)]);
  const draft = draftFrom(request, fallbackModel);
  if (!draft) throw new Error('The request of this log is no conversation, so it can not be run here.');
  if (response === null) return { draft, runs: [{ ...NO_RUN }] };
  const { blocks, stopReason, failure, complete } = await answerFromLog(response);
  const phase = failure !== null ? 'failed' : complete ? 'finished' : 'stopped';
  return { draft, runs: [{ ...NO_RUN, phase, logId: id, blocks: [...blocks], stopReason, failure }] };
}

async function bodyOf(id: string, part: 'request' | 'response'): Promise<string> {
  const path = `/api/dashboard/logs/${encodeURIComponent(id)}/payload?part=${part}`;
  const response = await fetch(path).catch(() => {
    throw new Error('The server could not be reached. Check that it runs, then try again.');
  });
  if (response.ok) return response.text();
  const refused = refusal.safeParse(await response.json().catch(() => null));
  throw new Error(refused.success ? refused.data : `The server answered ${response.status}. Try again.`);
}
