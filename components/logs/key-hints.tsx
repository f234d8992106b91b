import { LOG_KEYS } from './use-log-keys';

/** The page's keys, where there is a keyboard. */
export function KeyHints() {
  return (
    <p className="flex items-center gap-3 text-2xs text-muted-foreground max-lg:hidden">
      {LOG_KEYS.map(({ keys, does }) => (
        <span key={does} className="flex items-center gap-1 whitespace-nowrap">
          {keys.map((key) => (
            <kbd key={key} className="rounded-sm border bg-card px-1 font-mono">
              {key}
            </kbd>
          ))}
          {does}
        </span>
      ))}
    </p>
  );
}
