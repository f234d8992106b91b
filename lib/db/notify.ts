import type { Prisma } from './generated/client';

/** What running gateways keep in memory and must forget when it changes. */
export type ConfigChange = `key:${string}` | `integrations:${string}` | `groups:${string}`;

/** The channel that gateways listen on. The payload is a ConfigChange. */
export const CONFIG_CHANNEL = 'respan_config';

/** Tells every gateway what changed, exactly when the transaction commits. */
export async function notifyConfig(tx: Pick<Prisma.TransactionClient, '$executeRaw'>, change: ConfigChange) {
  await tx.$executeRaw`SELECT pg_notify(${CONFIG_CHANNEL}, ${change})`;
}
