'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { useToast } from '@/components/ui/toast';
import type { GrantAction } from './credit-actions';
import { useSaving } from './use-saving';

const EMPTY = { email: '', usd: '', note: '', expires: '' };

/** For whoever runs the installation: credits for any account of it. */
export function GrantPage({ grant }: { grant: GrantAction }) {
  const [values, setValues] = useState(EMPTY);
  const { refusal, pending, save } = useSaving();
  const toast = useToast();
  const input = (name: keyof typeof EMPTY) => ({
    value: values[name],
    onChange: ({ target }: { target: { value: string } }) => setValues({ ...values, [name]: target.value }),
    autoComplete: 'off',
  });
  const fields = refusal?.fields ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(
      () => grant(values),
      ({ organizationName }) => {
        toast({ title: `$${values.usd.trim().replace(/^\$/, '')} for ${organizationName}` });
        setValues(EMPTY);
      },
    );
  };
  return (
    <>
      <PageHeader title="Grant credits" parent={{ label: 'Credits', href: '/settings/credits' }} />
      <PageBody className="max-w-[560px]">
        <Card>
          <CardHeader
            title="To an account of this installation"
            description="The organization of that account gets them, and its history tells why. A negative amount takes credits back."
          />
          <CardBody>
            <form className="flex flex-col gap-4" onSubmit={submit}>
              <Field label="Email of the account" error={fields.email}>
                <Input {...input('email')} type="email" inputMode="email" />
              </Field>
              <Field label="Amount in dollars" error={fields.usd}>
                <Input {...input('usd')} inputMode="decimal" />
              </Field>
              <Field label="What it is for" error={fields.note} hint="Shown in their history.">
                <Input {...input('note')} maxLength={200} />
              </Field>
              <Field label="Good until" optional error={fields.expires} hint="Empty: they don't expire.">
                <Input {...input('expires')} type="date" />
              </Field>
              {refusal && Object.keys(fields).length === 0 && <Notice tone="danger">{refusal.message}</Notice>}
              <Button variant="primary" type="submit" pending={pending} className="self-start">
                Grant credits
              </Button>
            </form>
          </CardBody>
        </Card>
      </PageBody>
    </>
  );
}
