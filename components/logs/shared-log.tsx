import type { LogView } from '@/lib/logs/schema';
import { LocalTime } from '../ui/time';
import { ConversationView } from './conversation-view';
import { CostCard } from './cost-card';
import { LogFigures } from './log-figures';
import { SimulatedBadge } from './log-values';
import { StatusCell } from './status-cell';

/** A log for somebody outside: the conversation and its figures. */
export function SharedLog({ view, expiresAt }: { view: LogView; expiresAt: number }) {
  const { log, conversation, tokensPerSecond } = view;
  return (
    <main className="mx-auto flex max-w-4xl flex-col gap-6 p-6 max-md:gap-4 max-md:p-4">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="font-medium text-xl">{log.model ?? 'No model'}</h1>
        <StatusCell log={log} />
        {log.simulated && <SimulatedBadge />}
        <p className="ml-auto text-muted-foreground text-xs">
          Shared until <LocalTime at={new Date(expiresAt)} />
        </p>
      </header>
      <LogFigures log={log} tokensPerSecond={tokensPerSecond} />
      <ConversationView log={log} conversation={conversation} />
      <CostCard log={log} />
    </main>
  );
}
