'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import type { CreditSettingsView } from '@/lib/credits/schema';
import { nanoUsdToDecimal } from '@/lib/money/nano-usd';
import type { CreditActions } from './credit-actions';
import { useSaving } from './use-saving';

interface FormProps {
  settings: CreditSettingsView;
  canEdit: boolean;
  actions: CreditActions;
}

/** When to tell people that little is left. */
export function WarningCard({ settings, canEdit, actions, sendsEmail }: FormProps & { sendsEmail: boolean }) {
  const [below, setBelow] = useState(text(settings.warnBelowNanoUsd));
  const { refusal, pending, save } = useSaving();
  const toast = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(
      () => actions.saveWarning({ warnBelowUsd: below }),
      () => toast({ title: below.trim() ? 'The warning was saved' : 'The warning is off' }),
    );
  };
  return (
    <Card>
      <CardHeader
        title="Low balance"
        description={
          sendsEmail
            ? 'Owners and admins get an email once, and this page says so.'
            : 'This page says so. For an email too, SMTP_URL must be set where Respan runs.'
        }
      />
      <CardBody>
        <form className="flex flex-col gap-3" onSubmit={submit}>
          <Field label="Warn below, in dollars" optional error={refusal?.fields.warnBelowUsd}>
            <Input
              value={below}
              onChange={(event) => setBelow(event.target.value)}
              inputMode="decimal"
              placeholder="5"
              autoComplete="off"
              disabled={!canEdit}
            />
          </Field>
          {refusal && !refusal.fields.warnBelowUsd && <Notice tone="danger">{refusal.message}</Notice>}
          <Button type="submit" pending={pending} disabled={!canEdit} className="self-start">
            Save warning
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}

/** Buying more by itself, with the card of the last purchase. */
export function AutoTopUpCard({ settings, canEdit, actions }: FormProps) {
  const [belowUsd, setBelow] = useState(text(settings.topUpBelowNanoUsd));
  const [usd, setUsd] = useState(text(settings.topUpNanoUsd));
  const { refusal, pending, save } = useSaving();
  const toast = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(
      () => actions.saveAutoTopUp({ belowUsd, usd }),
      () => toast({ title: usd.trim() ? 'Automatic top-up is on' : 'Automatic top-up is off' }),
    );
  };
  const disabled = !canEdit || !settings.hasCard;
  return (
    <Card>
      <CardHeader
        title="Automatic top-up"
        description={
          settings.hasCard
            ? 'The card of the last purchase is charged when the balance falls below.'
            : 'Available after the first purchase: its card is used.'
        }
      />
      <CardBody>
        <form className="flex flex-col gap-3" onSubmit={submit}>
          {settings.topUpError && (
            <Notice tone="danger" title="Automatic top-up is paused">
              {settings.topUpError} Saving tries again.
            </Notice>
          )}
          <div className="grid grid-cols-2 gap-3">
            <Field label="When below, in dollars" error={refusal?.fields.belowUsd}>
              <Input value={belowUsd} onChange={(event) => setBelow(event.target.value)} disabled={disabled} />
            </Field>
            <Field label="Add, in dollars" error={refusal?.fields.usd}>
              <Input value={usd} onChange={(event) => setUsd(event.target.value)} disabled={disabled} />
            </Field>
          </div>
          {refusal && Object.keys(refusal.fields).length === 0 && <Notice tone="danger">{refusal.message}</Notice>}
          <Button type="submit" pending={pending} disabled={disabled} className="self-start">
            Save top-up
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}

function text(nanoUsd: string | null): string {
  return nanoUsd === null ? '' : nanoUsdToDecimal(BigInt(nanoUsd));
}
