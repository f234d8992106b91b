import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

interface DashboardFailureProps {
  message: string;
  /** Older figures are still on the page. */
  stale: boolean;
  retrying: boolean;
  onRetry: () => void;
}

export function DashboardFailure({ message, stale, retrying, onRetry }: DashboardFailureProps) {
  return (
    <Notice
      tone="danger"
      title={stale ? 'These figures could not be brought up to date' : 'The dashboard could not be loaded'}
      action={
        <Button size="sm" pending={retrying} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {message}
    </Notice>
  );
}
