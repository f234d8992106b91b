import { cn } from '@/components/ui/cn';
import { RelativeTime } from '@/components/ui/time';
import type { IntegrationKeyView } from '@/lib/integrations/schema';

/** Whether calls with a key work: a dot and a word. How the last one failed stands below, whole on hover. */
export function KeyHealth({ apiKey }: { apiKey: IntegrationKeyView }) {
  const { failing, verifiedAt } = apiKey;
  if (failing) {
    return (
      <>
        <Dot className="bg-danger" />
        <span className="text-danger">Failing{failing.since && ' since '}</span>
        {failing.since && <RelativeTime at={failing.since} className="text-danger" />}
        {failing.lastError && (
          <span
            className="block max-w-56 truncate text-muted-foreground text-xs first-letter:uppercase"
            title={failing.lastError}
          >
            {failing.lastError}
          </span>
        )}
      </>
    );
  }
  if (!verifiedAt) {
    return (
      <>
        <Dot className="bg-warning" />
        Unverified
        <span className="block text-muted-foreground text-xs">Refused when last asked</span>
      </>
    );
  }
  return (
    <>
      <Dot className="bg-success" />
      Healthy
      <span className="ml-1.5 text-muted-foreground text-xs max-md:hidden">
        verified <RelativeTime at={verifiedAt} />
      </span>
    </>
  );
}

function Dot({ className }: { className: string }) {
  return <span aria-hidden className={cn('mr-1.5 inline-block size-2 rounded-full align-[1px]', className)} />;
}
