'use client';

import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { PasswordInput } from '@/components/ui/password-input';
import { MIN_PASSWORD_LENGTH } from '@/lib/organizations/schema';
import type { AuthAction } from './form-state';
import { useAuthForm } from './use-auth-form';

export function SignUpForm({ action }: { action: AuthAction }) {
  const { state, pending, formProps } = useAuthForm(action);
  const fields = state?.fields ?? {};
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state && Object.keys(fields).length === 0 && <Notice tone="danger">{state.message}</Notice>}
      <Field label="Name" optional error={fields.name}>
        <Input name="name" autoComplete="name" defaultValue={state?.values.name} autoFocus className="h-9" />
      </Field>
      <Field label="Email" error={fields.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state?.values.email}
          required
          className="h-9"
        />
      </Field>
      <Field label="Password" hint={`At least ${MIN_PASSWORD_LENGTH} characters.`} error={fields.password}>
        <PasswordInput name="password" autoComplete="new-password" required className="h-9" />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-2 w-full">
        Create account
      </Button>
    </form>
  );
}
