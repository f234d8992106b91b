'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Share2 } from 'lucide-react';
import { z } from 'zod';
import { logShare } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { CodeBlock } from '../ui/code-block';
import { getJson } from '../ui/get-json';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover';
import { sendJson } from '../ui/send-json';
import { LocalTime } from '../ui/time';

const CHOICES = [
  { days: 1, label: '1 day' },
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
] as const;

const made = z.object({ share: logShare, secret: z.string() });

/** Links to a log for people without an account, and taking them back. */
export function ShareMenu({ logId }: { logId: string }) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button size="sm">
          <Share2 aria-hidden />
          Share
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="flex w-80 flex-col gap-3" aria-label="Share this log">
        <Shares logId={logId} />
      </PopoverContent>
    </Popover>
  );
}

function Shares({ logId }: { logId: string }) {
  const client = useQueryClient();
  const path = `/api/dashboard/logs/${logId}/shares`;
  const queryKey = ['log-shares', logId];
  const onSuccess = () => client.invalidateQueries({ queryKey });
  const shares = useQuery({ queryKey, queryFn: ({ signal }) => getJson(path, z.array(logShare), signal) });
  const make = useMutation({ mutationFn: (days: number) => sendJson('POST', path, { days }, made), onSuccess });
  const revoke = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', `/api/dashboard/logs/shares/${id}`, {}, z.null()),
    onSuccess,
  });
  const error = make.error ?? revoke.error ?? shares.error;
  return (
    <>
      <p className="text-muted-foreground text-xs">
        Whoever has the link sees the conversation, its time and cost. Keys, headers, metadata and who asked stay out.
      </p>
      <div className="flex items-center gap-2 text-xs">
        <span className="mr-auto">Create a link for</span>
        {CHOICES.map(({ days, label }) => (
          <Button
            key={days}
            size="sm"
            pending={make.isPending && make.variables === days}
            onClick={() => make.mutate(days)}
          >
            {label}
          </Button>
        ))}
      </div>
      {make.data && <CodeBlock code={`${window.location.origin}/share/${make.data.secret}`} wrap />}
      {error && (
        <p role="alert" className="text-danger text-xs">
          {error.message}
        </p>
      )}
      {(shares.data ?? []).map(({ id, expiresAt }) => (
        <div key={id} className="flex items-center justify-between border-t pt-2 text-xs">
          <span>
            Link until <LocalTime at={new Date(expiresAt)} />
          </span>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              if (make.data?.share.id === id) make.reset();
              revoke.mutate(id);
            }}
          >
            Take back
          </Button>
        </div>
      ))}
    </>
  );
}
