import type { Metadata } from 'next';
import { z } from 'zod';
import { viewerTimeZone } from '@/app/viewer-time-zone';
import { CreditsPage } from '@/components/credits/credits-page';
import { pageContext } from '@/lib/auth/guards';
import { isInstallationOwner } from '@/lib/credits/owner';
import { getCredits, listLedger, usageByDay } from '@/lib/credits/queries';
import { getCreditSettings, mayPay } from '@/lib/credits/settings';
import { sellsCredits } from '@/lib/credits/stripe';
import { env } from '@/lib/env';
import { getWorkspace } from '@/lib/organizations/queries';
import { saveAutoTopUpAction, saveWarningAction, topUpAction } from './actions';

export const metadata: Metadata = { title: 'Credits' };

const search = z.object({
  before: z.uuid().nullable().catch(null),
  payment: z.enum(['done', 'cancelled']).nullable().catch(null),
});

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const given = await searchParams;
  const { before, payment } = search.parse({ before: given.before ?? null, payment: given.payment ?? null });
  const timeZone = await viewerTimeZone();
  const [credits, ledger, days, settings, owner, { user }] = await Promise.all([
    getCredits(ctx),
    listLedger(ctx, { before }),
    usageByDay(ctx, { days: 30, timeZone }),
    getCreditSettings(ctx),
    isInstallationOwner(ctx),
    getWorkspace(ctx),
  ]);
  return (
    <CreditsPage
      credits={credits}
      entries={ledger.entries}
      before={ledger.before}
      isFirstPage={before === null}
      days={days}
      timeZone={timeZone}
      settings={settings}
      canBuy={sellsCredits()}
      canEdit={mayPay(ctx)}
      sendsEmail={Boolean(env().SMTP_URL)}
      isInstallationOwner={owner}
      email={user.email}
      payment={payment}
      actions={{ topUp: topUpAction, saveWarning: saveWarningAction, saveAutoTopUp: saveAutoTopUpAction }}
    />
  );
}
