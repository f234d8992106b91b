import { createHash } from 'node:crypto';

/** A source of choices that is the same for the same text. */
export class Seed {
  private readonly digest: Buffer;
  private next = 0;

  constructor(text: string) {
    this.digest = createHash('sha256').update(text).digest();
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    const at = this.next % (this.digest.length - 1);
    this.next += 1;
    return (this.digest.readUInt16BE(at) + this.next) % limit;
  }

  pick<T>(options: readonly [T, ...T[]]): T {
    return options[this.below(options.length)] ?? options[0];
  }
}
