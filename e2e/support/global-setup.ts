import { startServer } from './server';

/** Starts the server that the specs share. @returns what stops it after the last one */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  // Workers are started later and inherit it.
  process.env.E2E_BASE_URL = server.url;
  return async () => {
    await server.stop();
    await server.remove();
  };
}
