import { env } from '@/lib/env';

/** What this installation itself knows of providers: from its configuration, never from a person. */

/** Where a provider of the registry is reached. @throws Error for an id that no setting belongs to */
export function installedBaseUrl(provider: string): string {
  const { ANTHROPIC_BASE_URL, OPENAI_BASE_URL } = env();
  const url = new Map([
    ['anthropic', ANTHROPIC_BASE_URL],
    ['openai', OPENAI_BASE_URL],
  ]).get(provider);
  if (url === undefined) throw new Error(`There is no base URL for the provider ${provider}.`);
  return url;
}

/** The installation's own credential, which credits pay for. */
export function platformSecret(provider: string): string | null {
  const { ANTHROPIC_API_KEY, OPENAI_API_KEY } = env();
  const secrets = new Map([
    ['anthropic', ANTHROPIC_API_KEY],
    ['openai', OPENAI_API_KEY],
  ]);
  return secrets.get(provider) ?? null;
}
