'use client';

import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import type { CreditSettingsView, CreditsView, CreditTransactionView, CreditUsageDay } from '@/lib/credits/schema';
import { formatMoney } from '@/lib/format';
import { BalanceCard } from './balance-card';
import type { CreditActions } from './credit-actions';
import { LedgerCard } from './ledger-card';
import { AutoTopUpCard, WarningCard } from './limit-forms';
import { TopUpCard } from './top-up-card';
import { UsageCard } from './usage-card';

export interface CreditsPageProps {
  credits: CreditsView;
  entries: readonly CreditTransactionView[];
  before: string | null;
  isFirstPage: boolean;
  days: readonly CreditUsageDay[];
  timeZone: string;
  settings: CreditSettingsView;
  /** Whether Stripe is configured. */
  canBuy: boolean;
  canEdit: boolean;
  sendsEmail: boolean;
  isInstallationOwner: boolean;
  email: string | null;
  /** What came of a payment, when one comes back from it. */
  payment: 'done' | 'cancelled' | null;
  actions: CreditActions;
}

export function CreditsPage(props: CreditsPageProps) {
  const { credits, settings, canBuy, canEdit, actions, days, payment } = props;
  const form = { settings, canEdit, actions };
  const warning = warningOf(credits, settings);
  return (
    <>
      <PageHeader title="Credits" />
      <PageBody className="max-w-[1120px]">
        {payment === 'done' && (
          <Notice tone="success">The payment went through. Its credits are added as soon as Stripe confirms it.</Notice>
        )}
        {payment === 'cancelled' && <Notice>The payment was cancelled. Nothing was charged.</Notice>}
        {warning && <Notice tone="warning">{warning}</Notice>}
        {!canEdit && <Notice>Owners and admins decide about credits; you see what there is.</Notice>}
        <div className="grid grid-cols-[3fr_2fr] items-start gap-6 max-lg:grid-cols-1 max-md:gap-4">
          <div className="flex min-w-0 flex-col gap-6 max-md:gap-4">
            <BalanceCard credits={credits} low={warning !== null} />
            <UsageCard days={days} timeZone={props.timeZone} />
          </div>
          <div className="flex min-w-0 flex-col gap-6 max-md:gap-4">
            <TopUpCard {...props} topUp={actions.topUp} />
            {canBuy && <AutoTopUpCard {...form} />}
            <WarningCard {...form} sendsEmail={props.sendsEmail} />
          </div>
        </div>
        <LedgerCard entries={props.entries} before={props.before} isFirstPage={props.isFirstPage} />
      </PageBody>
    </>
  );
}

function warningOf(credits: CreditsView, settings: CreditSettingsView): string | null {
  const balance = BigInt(credits.balanceNanoUsd);
  if (balance <= 0n && credits.hasHistory)
    return 'The credits are used up: calls that only credits would pay are answered with 402. Calls with your own provider keys go on.';
  const below = settings.warnBelowNanoUsd;
  if (below === null || balance >= BigInt(below)) return null;
  return `${formatMoney(balance)} are left, below the ${formatMoney(below)} you wanted to be told of.`;
}
