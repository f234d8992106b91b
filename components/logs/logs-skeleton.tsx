import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';
import { Table, TableBody, TableCell, TableRow } from '../ui/table';
import { LogTableHead } from './log-table';

const ROWS = Array.from({ length: 16 }, (_, index) => `row-${index}`);

/** The table before its rows, in its final columns. */
export function LogsSkeleton() {
  return (
    <Card className="overflow-hidden" aria-busy="true" aria-label="Loading logs">
      <Table className="table-fixed max-md:hidden">
        <LogTableHead />
        <TableBody>
          {ROWS.map((row) => (
            <TableRow key={row}>
              {['w-12', 'w-24', 'w-28', 'w-4/5', 'w-16', 'w-14', 'w-11'].map((width, index) => (
                <TableCell key={width} numeric={index > 3}>
                  <Skeleton className={`inline-block h-3.5 align-middle ${width}`} />
                </TableCell>
              ))}
              <TableCell numeric className="max-lg:hidden">
                <Skeleton className="inline-block h-3.5 w-10 align-middle" />
              </TableCell>
              <TableCell className="max-xl:hidden">
                <Skeleton className="h-3.5 w-16" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ul className="divide-y md:hidden">
        {ROWS.map((row) => (
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
