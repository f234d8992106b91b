import type { Diagnosis } from '@/lib/cache-doctor/schema';

/** Where two requests part: what was sent before, and what is sent now. */
export function ChangeView({ change }: { change: NonNullable<Diagnosis['change']> }) {
  return (
    <div className="overflow-hidden rounded-md border">
      <p className="border-b bg-muted px-3 py-1.5 font-mono text-muted-foreground text-xs">{change.path}</p>
      <Side sign="−" label="Before" text={change.before} className="bg-danger-surface text-danger" />
      <Side sign="+" label="Now" text={change.after} className="bg-success-surface text-success" />
    </div>
  );
}

interface SideProps {
  sign: string;
  label: string;
  /** Null where there is no such block. */
  text: string | null;
  className: string;
}

function Side({ sign, label, text, className }: SideProps) {
  return (
    <div className={`flex gap-2 px-3 py-1.5 font-mono text-xs ${className}`}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{label}:</span>
      <span className="min-w-0 whitespace-pre-wrap break-words">{text ?? '(not in the request)'}</span>
    </div>
  );
}
