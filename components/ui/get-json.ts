import { z } from 'zod';

const refusal = z.object({ error: z.object({ message: z.string() }) });

/** Reads one of our own addresses and checks what comes back. @throws Error whose message may be shown */
export async function getJson<S extends z.ZodType>(path: string, schema: S, signal?: AbortSignal): Promise<z.infer<S>> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Error('The server could not be reached. Check that it runs, then try again.');
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return schema.parse(body);
  const refused = refusal.safeParse(body);
  throw new Error(refused.success ? refused.data.error.message : `The server answered ${response.status}. Try again.`);
}
