'use client';

import { type FormEvent, startTransition, useActionState, useEffect, useRef } from 'react';
import type { AuthAction, AuthFormState } from './form-state';

/**
 * A form that posts to a server action, with and without JavaScript. With it, everything typed stays in place after a refusal,
 * and the first field that needs another look gets the focus.
 */
export function useAuthForm(action: AuthAction) {
  const [state, formAction, pending] = useActionState<AuthFormState, FormData>(action, null);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!state) return;
    const field = ref.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]');
    (field ?? ref.current?.querySelector<HTMLInputElement>('input[name="password"]'))?.focus();
  }, [state]);

  // React empties a form after its action; handing the action over ourselves keeps what was typed.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(() => formAction(data));
  }
  return { state, pending, formProps: { ref, action: formAction, onSubmit, noValidate: true } };
}
