import { randomBytes } from 'node:crypto';

/** Secrets that are told apart, and looked for wherever they might have leaked to. */
export class Canaries {
  private readonly marks = new Map<string, string>();

  /** 32 characters that occur nowhere else. @param place where the secret is going to be used */
  mark(place: string): string {
    const mark = randomBytes(16).toString('hex');
    this.marks.set(place, mark);
    return mark;
  }

  /** A provider key. Its last four characters may be shown, so they are no part of the mark. */
  providerKey(place: string, word = 'canary'): string {
    return `sk-ant-api03-${word}-${this.mark(place)}-last`;
  }

  /** The places whose secret is in a text, plain or encoded. */
  foundIn(text: string | Buffer): string[] {
    const found = [...this.marks].filter(([, mark]) => disguises(mark).some((disguise) => text.includes(disguise)));
    return found.map(([place]) => place);
  }
}

/** A mark as it is, in hexadecimal, and in base64 at each of the three ways to begin in the middle of a text. */
function disguises(mark: string): string[] {
  const shifted = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(`${'.'.repeat(offset)}${mark}`).toString('base64');
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [mark, Buffer.from(mark).toString('hex'), ...shifted];
}
