import { Stethoscope } from 'lucide-react';
import type { DoctorFilters, Examination, Suspects } from '@/lib/cache-doctor/schema';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { PageBody, PageHeader } from '../ui/page-header';
import { CallsList } from './calls-list';
import { SuspectsTable } from './suspects-table';

const TITLE = 'Cache doctor';

/** Where to look: threads and keys that pay again for what they sent before. */
export function SuspectsPage({ suspects, environment }: { suspects: Suspects; environment: string | undefined }) {
  const { threads, keys } = suspects;
  return (
    <>
      <PageHeader title={TITLE} />
      <PageBody className="max-w-[960px]">
        <p className="max-w-[72ch] text-base text-muted-foreground">
          Why the provider’s prompt cache was not read, call by call, and what that cost. These sent the most tokens
          without it in the last 24 hours.
        </p>
        {threads.length === 0 && keys.length === 0 && (
          <Card>
            <EmptyState icon={Stethoscope} title="Nothing to examine yet">
              Threads and keys with at least two calls to a Claude model in the last 24 hours are listed here. Send a
              thread_identifier with your calls to tell conversations apart.
            </EmptyState>
          </Card>
        )}
        {threads.length > 0 && <SuspectsTable title="Threads" suspects={threads} environment={environment} />}
        {keys.length > 0 && <SuspectsTable title="API keys" suspects={keys} environment={environment} />}
      </PageBody>
    </>
  );
}

interface ExaminationPageProps {
  filters: DoctorFilters;
  examination: Examination;
}

export function ExaminationPage({ filters, examination }: ExaminationPageProps) {
  const title = filters.thread ?? 'API key';
  return (
    <>
      <PageHeader title={title} parent={{ label: TITLE, href: '/cache' }} />
      <PageBody className="max-w-[960px]">
        {examination.calls.length === 0 ? (
          <Card>
            <EmptyState icon={Stethoscope} title="No calls to examine">
              There are no calls to a Claude model here. They may be past their retention.
            </EmptyState>
          </Card>
        ) : (
          <CallsList examination={examination} />
        )}
      </PageBody>
    </>
  );
}
