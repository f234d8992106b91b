import { Pause, Play } from 'lucide-react';
import { Button } from '../ui/button';

interface LiveButtonProps {
  live: boolean;
  /** Older pages stand still: from them the button leads back to the first. */
  first: boolean;
  onChange: (live: boolean) => void;
  onFirstPage: () => void;
}

/** Whether new logs come in by themselves. */
export function LiveButton({ live, first, onChange, onFirstPage }: LiveButtonProps) {
  if (!first) {
    return (
      <Button onClick={onFirstPage} title="Older pages stand still; new logs arrive on the first">
        Newest
      </Button>
    );
  }
  return (
    <Button
      aria-pressed={live}
      onClick={() => onChange(!live)}
      title={live ? 'New logs appear every 4 seconds' : 'New logs wait until you go on'}
    >
      {live ? <Pause aria-hidden /> : <Play aria-hidden />}
      {live ? 'Live' : 'Paused'}
      {live && <span aria-hidden className="size-1.5 animate-pulse-soft rounded-full bg-success" />}
    </Button>
  );
}
