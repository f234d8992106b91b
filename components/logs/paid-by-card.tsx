import Link from 'next/link';
import type { LogDetail } from '@/lib/logs/schema';
import { Card, CardHeader } from '../ui/card';

const SOURCES: Readonly<Record<string, string>> = {
  override: 'Credential override, sent with the request',
  customer: 'Customer credential, sent with the request',
  integration: 'Integration of this organization',
  credits: 'Credits of this organization',
};

/** Whose credential the provider was called with. */
export function PaidByCard({ log }: { log: LogDetail }) {
  const { credential, logMethod } = log;
  return (
    <Card>
      <CardHeader title="Paid by" />
      <div className="px-4 pb-3">
        {credential ? (
          <>
            <p>{SOURCES[credential.source] ?? credential.source}</p>
            <p className="text-muted-foreground text-xs">
              {credential.name && (
                <Link href="/settings/integrations" className="hover:underline">
                  {credential.name}{' '}
                </Link>
              )}
              {credential.lastFour && <span className="figures">…{credential.lastFour}</span>}
            </p>
          </>
        ) : (
          <p className="text-muted-foreground">
            {logMethod === 'logging_api'
              ? 'Sent to us as a log: whoever called the provider paid.'
              : 'No provider was called.'}
          </p>
        )}
      </div>
    </Card>
  );
}
