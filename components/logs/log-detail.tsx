import type { ReactNode } from 'react';
import type { LogView } from '@/lib/logs/schema';
import { cn } from '../ui/cn';
import { AttemptsTable } from './attempts-table';
import { ConversationView } from './conversation-view';
import { CostCard } from './cost-card';
import { FailureNotice } from './failure-notice';
import { FeedbackCard } from './feedback-card';
import { LogFigures } from './log-figures';
import { LogTabs } from './log-tabs';
import { MetadataTable } from './metadata-table';
import { PaidByCard } from './paid-by-card';
import { RawBodies } from './raw-bodies';
import { TimingView } from './timing-view';

interface LogDetailViewProps extends LogView {
  /** In one narrow column, as in the panel. */
  compact?: boolean;
}

/** One log: figures, what went wrong, its tabs, and beside them what it cost and who paid. */
export function LogDetailView(props: LogDetailViewProps) {
  const { log, conversation, phases, tokensPerSecond, feedback, compact = false } = props;
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
      <LogFigures log={log} tokensPerSecond={tokensPerSecond} compact={compact} />
      <FailureNotice log={log} />
      <div
        className={cn(
          'grid items-start gap-6 max-md:gap-4',
          compact ? 'grid-cols-[minmax(0,1fr)]' : 'grid-cols-[minmax(0,1fr)_320px] max-lg:grid-cols-1',
        )}
      >
        <LogTabs tabs={tabs} />
        <aside className="flex flex-col gap-4" aria-label="Cost and credential">
          <CostCard log={log} />
          <PaidByCard log={log} />
          <FeedbackCard key={log.id} id={log.id} feedback={feedback} />
        </aside>
      </div>
    </>
  );
}
