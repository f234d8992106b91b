'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { type LogFeedback, logFeedback } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Card, CardHeader } from '../ui/card';
import { sendJson } from '../ui/send-json';
import { Textarea } from '../ui/textarea';

/** What people here think of the answer: a thumb, and why. Others see it, and lists are filtered by it. */
export function FeedbackCard({ id, feedback }: { id: string; feedback: LogFeedback }) {
  const client = useQueryClient();
  const [kept, setKept] = useState(feedback);
  const [note, setNote] = useState(feedback.note ?? '');
  const save = useMutation({
    mutationFn: (next: LogFeedback) => sendJson('PUT', `/api/dashboard/logs/${id}/feedback`, next, logFeedback),
    onSuccess: (next) => {
      setKept(next);
      void client.invalidateQueries({ queryKey: ['log', id] });
    },
  });
  const thumb = (positive: boolean) => save.mutate({ ...kept, positive: kept.positive === positive ? null : positive });
  return (
    <Card>
      <CardHeader
        title="Feedback"
        actions={
          <>
            <Thumb label="Good answer" pressed={kept.positive === true} onClick={() => thumb(true)}>
              <ThumbsUp aria-hidden />
            </Thumb>
            <Thumb label="Bad answer" pressed={kept.positive === false} onClick={() => thumb(false)}>
              <ThumbsDown aria-hidden />
            </Thumb>
          </>
        }
      />
      <form
        className="flex flex-col gap-2 px-4 pb-3"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ ...kept, note: note.trim() || null });
        }}
      >
        <Textarea
          aria-label="Note"
          placeholder="A note for your team"
          rows={2}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        {note.trim() !== (kept.note ?? '') && (
          <Button type="submit" size="sm" pending={save.isPending} className="self-end">
            Save note
          </Button>
        )}
        {save.error && (
          <p role="alert" className="text-danger text-xs">
            {save.error.message}
          </p>
        )}
      </form>
    </Card>
  );
}

interface ThumbProps {
  label: string;
  pressed: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function Thumb({ label, pressed, onClick, children }: ThumbProps) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
      className="aria-pressed:bg-accent-surface aria-pressed:text-accent"
    >
      {children}
    </Button>
  );
}
