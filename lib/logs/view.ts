import type { Context } from '@/lib/auth/context';
import { conversationOf } from './conversation';
import { fitted } from './conversation-size';
import { phasesOf, tokensPerSecond } from './derived';
import { getLog } from './detail';
import { feedbackOf } from './feedback';
import { shortened } from './payloads';
import type { LogView } from './schema';

/**
 * One log as its page and the panel show it: bodies cut to what a page can hold, messages understood, time taken apart.
 * @throws AppError not_found where there is none, or it belongs to another organization
 */
export async function viewLog(ctx: Context, id: string): Promise<LogView> {
  const log = await getLog(ctx, id);
  const { request = null, response = null } = log.payload ?? {};
  return {
    log: shortened(log),
    conversation: fitted(conversationOf({ request, response })),
    phases: phasesOf(log),
    tokensPerSecond: tokensPerSecond(log),
    feedback: feedbackOf(log.metadata),
  };
}
