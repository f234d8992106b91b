'use client';

import { useEffect, useRef } from 'react';
import { SnippetTabs } from '@/components/snippets/snippet-tabs';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { FirstLog } from './first-log';
import { LiveAnswer } from './live-answer';
import type { FirstRequest } from './use-first-request';

interface LivePanelProps {
  origin: string;
  apiKey: string | null;
  /** There is a key, whether this page still has it or not. */
  hasKey: boolean;
  request: FirstRequest;
  /** The request's log, or one that came from elsewhere. */
  log: FirstLog | null;
  /** A request can be sent now. */
  ready: boolean;
}

/** How to call it, and what happens when it is called. */
export function LivePanel({ origin, apiKey, hasKey, request, log, ready }: LivePanelProps) {
  const live = useRef<HTMLDivElement>(null);
  const sent = request.phase === 'sending';
  useEffect(() => {
    // On a narrow screen the answer would begin out of sight.
    if (sent) live.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [sent]);
  return (
    <Card aria-label="Live" className="min-w-0 lg:sticky lg:top-6">
      <CardHeader
        title="Call it from your code"
        description={
          apiKey
            ? 'Filled in with your key and this address.'
            : hasKey
              ? 'Put your key where it says YOUR_RESPAN_KEY.'
              : 'Filled in with your key once it is made.'
        }
      />
      <CardBody>
        <SnippetTabs origin={origin} apiKey={apiKey} />
      </CardBody>
      <div ref={live} className="flex min-h-64 scroll-m-4 flex-col border-t p-4">
        <LiveAnswer request={request} log={log} ready={ready} />
      </div>
    </Card>
  );
}
