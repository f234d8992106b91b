import { createHash } from 'node:crypto';

/** The id of the key behind a person's playground: always the same one, a UUID made from whose it is (version 8). */
export function playgroundKeyId(organizationId: string, userId: string): string {
  const digest = createHash('sha256').update(`playground ${organizationId} ${userId}`.toLowerCase()).digest();
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
