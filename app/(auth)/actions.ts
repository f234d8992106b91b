'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { runAction } from '@/app/run-action';
import type { AuthFormState } from '@/components/auth/form-state';
import { clientAddress } from '@/lib/auth/client-address';
import { checkCredentials } from '@/lib/auth/credentials';
import { safeNextPath } from '@/lib/auth/next-path';
import { endSession, startSession } from '@/lib/auth/session';
import { createAccount } from '@/lib/organizations/mutations';

export async function signIn(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const result = await runAction(async () => {
    const credentials = { email: text(form, 'email'), password: text(form, 'password') };
    await startSession(await checkCredentials(credentials, clientAddress(await headers())));
  });
  if (result.ok) redirect(safeNextPath(text(form, 'next')));
  return { ...result, values: { email: text(form, 'email') } };
}

export async function signUp(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const values = { name: text(form, 'name'), email: text(form, 'email') };
  const result = await runAction(async () => {
    const account = await createAccount({ ...values, password: text(form, 'password') });
    await startSession({ id: account.userId, email: account.email, name: account.name });
  });
  if (result.ok) redirect('/welcome');
  return { ...result, values };
}

export async function signOut(): Promise<void> {
  await endSession();
  redirect('/sign-in');
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
