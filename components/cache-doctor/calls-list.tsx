import type { Examination, ExaminedCall } from '@/lib/cache-doctor/schema';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { Money, Tokens } from '../ui/figures';
import { TextLink } from '../ui/text-link';
import { LocalTime } from '../ui/time';
import { ChangeView } from './change-view';
import { REASON_WORDS } from './reason-words';

/** The calls of a thread or key, newest first, each with what the cache did and why. */
export function CallsList({ examination }: { examination: Examination }) {
  return (
    <Card>
      <ol>
        {examination.calls.map((call) => (
          <CallItem key={call.id} call={call} />
        ))}
      </ol>
      {examination.isCut && (
        <p className="border-t px-4 py-3 text-muted-foreground text-sm">
          The newest {examination.calls.length} calls are shown. Older ones are on the logs page.
        </p>
      )}
    </Card>
  );
}

function CallItem({ call }: { call: ExaminedCall }) {
  const { diagnosis } = call;
  const words = REASON_WORDS[diagnosis.reason];
  return (
    <li className="flex flex-col gap-2 border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={words.tone}>{words.label}</Badge>
        <TextLink href={`/logs/${call.id}`} className="min-w-0 max-w-[48ch] truncate">
          {call.promptPreview ?? call.model ?? 'Call'}
        </TextLink>
        <LocalTime at={new Date(call.startedAt)} className="ml-auto text-muted-foreground text-xs" />
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs">
        <Figure label="Read">
          <Tokens value={call.readTokens} />
        </Figure>
        <Figure label="Written">
          <Tokens value={call.writtenTokens} />
        </Figure>
        <Figure label="Not cached">
          <Tokens value={call.uncachedTokens} />
        </Figure>
        {diagnosis.missedTokens > 0 && (
          <>
            <Figure label="Missed">
              <Tokens value={diagnosis.missedTokens} />
            </Figure>
            <Figure label="Cost of it">
              <Money nanoUsd={diagnosis.lostNanoUsd} precise />
            </Figure>
          </>
        )}
      </dl>
      <p className="max-w-[80ch] text-sm">
        {words.what(diagnosis)}{' '}
        {diagnosis.missedTokens > 0 || diagnosis.reason === 'no_breakpoint' ? words.advice : null}
      </p>
      {diagnosis.change && <ChangeView change={diagnosis.change} />}
    </li>
  );
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted-foreground">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
