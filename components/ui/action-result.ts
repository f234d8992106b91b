/** What a server action answers: its data, or what went wrong in words for the person, by field where one is to blame. */
export type ActionResult<T = null> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly message: string; readonly fields: Readonly<Record<string, string>> };
