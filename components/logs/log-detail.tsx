import type { ReactNode } from 'react';
import type { Conversation, LogDetail } from '@/lib/logs/schema';
import { AttemptsTable } from './attempts-table';
import { ConversationView } from './conversation-view';
import { CostCard } from './cost-card';
import { FailureNotice } from './failure-notice';
import { LogFigures } from './log-figures';
import { LogTabs } from './log-tabs';
import { MetadataTable } from './metadata-table';
import { PaidByCard } from './paid-by-card';
import { RawBodies } from './raw-bodies';
import type { Phase } from './timing-view';
import { TimingView } from './timing-view';

interface LogDetailViewProps {
  log: LogDetail;
  conversation: Conversation;
  phases: readonly Phase[];
  tokensPerSecond: number | null;
}

/** One log: figures, what went wrong, its tabs, and beside them what it cost and who paid. */
export function LogDetailView({ log, conversation, phases, tokensPerSecond }: LogDetailViewProps) {
  const attempts = log.payload?.attempts ?? [];
  const tabs: { value: string; label: string; content: ReactNode }[] = [
    {
      value: 'conversation',
      label: 'Conversation',
      content: <ConversationView log={log} conversation={conversation} />,
    },
    { value: 'raw', label: 'Raw', content: <RawBodies log={log} /> },
    { value: 'attempts', label: `Attempts ${log.attemptCount}`, content: <AttemptsTable attempts={attempts} /> },
    { value: 'timing', label: 'Timing', content: <TimingView log={log} phases={phases} /> },
    { value: 'metadata', label: 'Metadata', content: <MetadataTable log={log} /> },
  ];
  return (
    <>
      <LogFigures log={log} tokensPerSecond={tokensPerSecond} />
      <FailureNotice log={log} />
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-6 max-lg:grid-cols-1 max-md:gap-4">
        <LogTabs tabs={tabs} />
        <aside className="flex flex-col gap-4" aria-label="Cost and credential">
          <CostCard log={log} />
          <PaidByCard log={log} />
        </aside>
      </div>
    </>
  );
}
