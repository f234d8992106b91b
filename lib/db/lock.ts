import type { Prisma } from './generated/client';

/** Makes the transactions of one organization that ask for this wait for each other, so that "once" holds among processes. */
export async function lockOrganization(tx: Pick<Prisma.TransactionClient, '$executeRaw'>, organizationId: string) {
  await tx.$executeRaw`SELECT FROM "Organization" WHERE "id" = ${organizationId}::uuid FOR UPDATE`;
}
