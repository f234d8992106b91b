import { Pause, Play } from 'lucide-react';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';

interface LiveButtonProps {
  live: boolean;
  connected: boolean;
  /** The list begins further back: the button leads to its newest end. */
  atNewest: boolean;
  onChange: (live: boolean) => void;
  onNewest: () => void;
}

/** Whether new logs come in by themselves. */
export function LiveButton({ live, connected, atNewest, onChange, onNewest }: LiveButtonProps) {
  if (!atNewest) {
    return (
      <Button onClick={onNewest} title="This list begins further back; new logs arrive at its newest end">
        Newest
      </Button>
    );
  }
  const title = connected ? 'New logs appear as they are written' : 'The connection is lost and is being made again';
  return (
    <Button aria-pressed={live} onClick={() => onChange(!live)} title={live ? title : 'New logs wait until you go on'}>
      {live ? <Pause aria-hidden /> : <Play aria-hidden />}
      {live ? (connected ? 'Live' : 'Reconnecting') : 'Paused'}
      {live && (
        <span
          aria-hidden
          className={cn('size-1.5 animate-pulse-soft rounded-full', connected ? 'bg-success' : 'bg-warning')}
        />
      )}
    </Button>
  );
}
