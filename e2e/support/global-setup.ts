import { startProvider } from './provider';
import { startServer } from './server';

/**
 * Starts what the specs share: a provider in a process of its own, and the server that reaches it as it would reach Anthropic.
 * @returns what stops both after the last spec
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const provider = await startProvider();
  const server = await startServer({ env: { ANTHROPIC_BASE_URL: provider.url } });
  // Workers are started later and inherit it.
  process.env.E2E_BASE_URL = server.url;
  return async () => {
    await server.stop();
    await server.remove();
    await provider.stop();
  };
}
