'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import type { CreditActions } from './credit-actions';
import { useSaving } from './use-saving';

const AMOUNTS = ['10', '25', '50', '100'] as const;

interface TopUpCardProps {
  canBuy: boolean;
  canEdit: boolean;
  /** Whether the reader runs this installation, and can grant credits. */
  isInstallationOwner: boolean;
  email: string | null;
  topUp: CreditActions['topUp'];
}

export function TopUpCard({ canBuy, canEdit, isInstallationOwner, email, topUp }: TopUpCardProps) {
  return (
    <Card>
      <CardHeader
        title="Add credits"
        description={
          canBuy
            ? 'You pay on Stripe; the credits are here when the payment went through.'
            : 'This installation sells no credits; whoever runs it grants them.'
        }
      />
      <CardBody>
        {canBuy ? (
          <TopUpForm canEdit={canEdit} topUp={topUp} />
        ) : (
          <HowToGet isInstallationOwner={isInstallationOwner} email={email} />
        )}
      </CardBody>
    </Card>
  );
}

function TopUpForm({ canEdit, topUp }: Pick<TopUpCardProps, 'canEdit' | 'topUp'>) {
  const [usd, setUsd] = useState('25');
  const { refusal, pending, save } = useSaving();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(
      () => topUp({ usd }),
      ({ url }) => window.location.assign(url),
    );
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <div className="flex flex-wrap gap-2">
        {AMOUNTS.map((amount) => (
          <Button key={amount} aria-pressed={usd === amount} disabled={!canEdit} onClick={() => setUsd(amount)}>
            ${amount}
          </Button>
        ))}
      </div>
      <Field label="Amount in dollars" error={refusal?.fields.usd}>
        <Input
          value={usd}
          onChange={(event) => setUsd(event.target.value)}
          inputMode="decimal"
          autoComplete="off"
          disabled={!canEdit}
        />
      </Field>
      {refusal && !refusal.fields.usd && <Notice tone="danger">{refusal.message}</Notice>}
      <Button variant="primary" type="submit" pending={pending} disabled={!canEdit} className="self-start">
        Continue to payment
      </Button>
    </form>
  );
}

function HowToGet({ isInstallationOwner, email }: Pick<TopUpCardProps, 'isInstallationOwner' | 'email'>) {
  if (!isInstallationOwner) {
    return (
      <p className="max-w-[70ch] text-sm">
        Ask whoever runs this installation for credits{email && <>, and name your address {email}</>}. Calls with your
        own provider key need none: connect it under <TextLink href="/settings/integrations">Integrations</TextLink>.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-[70ch] text-sm">
        You run this installation: <TextLink href="/settings/grants">grant credits</TextLink> to any account, or use the
        command line. With STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET set, people buy them here.
      </p>
      <CodeBlock code={`npm run admin -- grant --email ${email ?? 'ada@example.com'} --usd 25 --note "Pilot"`} />
    </div>
  );
}
