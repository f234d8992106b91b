import type { ActionResult } from '@/components/ui/action-result';

/** What a sign-in or sign-up form shows after a refused attempt: why, and what was typed (never the password). */
export type AuthFormState =
  | null
  | (Extract<ActionResult, { ok: false }> & { readonly values: { readonly name?: string; readonly email: string } });

export type AuthAction = (previous: AuthFormState, form: FormData) => Promise<AuthFormState>;
