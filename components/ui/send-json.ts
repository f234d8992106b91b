import { z } from 'zod';

const refusal = z.object({ error: z.object({ message: z.string() }) });

/** Changes something at one of our own addresses and checks what comes back. @throws Error whose message may be shown */
export async function sendJson<S extends z.ZodType>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  schema: S,
): Promise<z.infer<S>> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('The server could not be reached. Check that it runs, then try again.');
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return schema.parse(answer);
  const refused = refusal.safeParse(answer);
  throw new Error(refused.success ? refused.data.error.message : `The server answered ${response.status}. Try again.`);
}
