import { CircleAlert, CircleCheck, CircleSlash, type LucideIcon, Unplug } from 'lucide-react';
import type { LogRow } from '@/lib/logs/schema';
import type { Tone } from '../ui/badge';

export interface Outcome {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  /** "OK", "429 rate_limit_error", "Client left" */
  readonly label: string;
  readonly explanation: string;
}

const CAUSES = {
  caller: 'The request was refused as it stands: something in it is wrong.',
  provider: 'The provider failed or refused for now.',
  limit: 'A limit of this organization, or its balance, stopped the request.',
  gateway: 'The gateway itself failed.',
} as const;

/** How a request ended, in a word and an icon. */
export function outcomeOf(log: Pick<LogRow, 'status' | 'statusCode' | 'errorCause' | 'errorType'>): Outcome {
  switch (log.status) {
    case 'success':
      return {
        icon: CircleCheck,
        tone: 'success',
        label: 'OK',
        explanation: `Answered with status ${log.statusCode}.`,
      };
    case 'aborted':
      return {
        icon: CircleSlash,
        tone: 'neutral',
        label: 'Client left',
        explanation: 'The client closed the connection before the answer was complete.',
      };
    case 'interrupted':
      return {
        icon: Unplug,
        tone: 'warning',
        label: 'Interrupted',
        explanation: 'The server stopped while this request was under way. What became of it is not known.',
      };
    case 'error':
      return {
        icon: CircleAlert,
        tone: log.errorCause === 'provider' || log.errorCause === 'gateway' ? 'danger' : 'warning',
        label: [log.statusCode, shortType(log.errorType)].filter(Boolean).join(' '),
        explanation: log.errorCause ? CAUSES[log.errorCause] : 'The request failed.',
      };
  }
}

function shortType(type: string | null): string {
  return type?.replace(/_error$/, '').replaceAll('_', ' ') ?? '';
}

export const OUTCOME_TEXT: Readonly<Record<Tone, string>> = {
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  neutral: 'text-muted-foreground',
  accent: 'text-accent',
};
