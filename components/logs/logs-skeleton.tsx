import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';
import { LOG_COLUMNS } from './log-columns';

const ROWS = Array.from({ length: 24 }, (_, index) => `row-${index}`);
const COLUMNS = LOG_COLUMNS.filter(({ optional }) => !optional);

/** The table before its rows, in its first columns. */
export function LogsSkeleton() {
  return (
    <Card className="min-h-0 flex-1 overflow-hidden" aria-busy="true" aria-label="Loading logs">
      <table className="w-full table-fixed text-sm max-md:hidden">
        <thead className="text-left text-muted-foreground text-xs">
          <tr className="h-8 shadow-[inset_0_-1px_var(--border)]">
            {COLUMNS.map(({ id, label, width, numeric }) => (
              <th
                key={id}
                scope="col"
                style={{ width: width ?? undefined }}
                className={`px-3 font-medium first:pl-4 ${numeric ? 'text-right' : ''}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row} className="h-9 border-b">
              {COLUMNS.map(({ id, numeric }) => (
                <td key={id} className={`px-3 first:pl-4 ${numeric ? 'text-right' : ''}`}>
                  <Skeleton className="inline-block h-3.5 w-4/5 align-middle" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="divide-y md:hidden">
        {ROWS.slice(0, 8).map((row) => (
          <li key={row} className="flex flex-col gap-2 px-4 py-3">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-3.5 w-3/5" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
