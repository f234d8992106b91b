import type { Suspect } from '@/lib/cache-doctor/schema';
import { Card } from '../ui/card';
import { Count, Rate, Tokens } from '../ui/figures';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { TextLink } from '../ui/text-link';
import { RelativeTime } from '../ui/time';

interface SuspectsTableProps {
  title: string;
  suspects: readonly Suspect[];
  /** The environment that the page shows, carried along. */
  environment: string | undefined;
}

/** Threads or keys of the last day, those that sent most without the cache first. */
export function SuspectsTable({ title, suspects, environment }: SuspectsTableProps) {
  return (
    <Card>
      <h2 className="border-b px-4 py-3 font-medium text-base">{title}</h2>
      <Table>
        <TableHead>
          <tr>
            <TableHeader>Name</TableHeader>
            <TableHeader numeric>Calls</TableHeader>
            <TableHeader numeric>Cache hit</TableHeader>
            <TableHeader numeric>Not read</TableHeader>
            <TableHeader className="max-sm:hidden">Last call</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {suspects.map((suspect) => (
            <TableRow key={suspect.id}>
              <TableCell className="max-w-64 truncate">
                <TextLink href={hrefOf(suspect, environment)}>{suspect.name}</TextLink>
              </TableCell>
              <TableCell numeric>
                <Count value={suspect.calls} />
              </TableCell>
              <TableCell numeric>
                <Rate share={suspect.hitRate} />
              </TableCell>
              <TableCell numeric>
                <Tokens value={suspect.uncachedTokens} />
              </TableCell>
              <TableCell className="text-muted-foreground text-xs max-sm:hidden">
                <RelativeTime at={new Date(suspect.lastAt)} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function hrefOf({ kind, id }: Suspect, environment: string | undefined): string {
  const query = new URLSearchParams({ [kind]: id, ...(environment ? { environment } : {}) });
  return `/cache?${query}`;
}
