const AT = 0x40;

/** Finds the times that the mock writes into its deltas ("@@123456@"), wherever the network cut them. */
export class StampReader {
  readonly #onStamp: (sentUs: number) => void;
  #signs = 0;
  #value = 0;

  constructor(onStamp: (sentUs: number) => void) {
    this.#onStamp = onStamp;
  }

  push(bytes: Buffer, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (this.#signs === 0) {
        at = bytes.indexOf(AT, at);
        if (at < 0 || at >= end) return;
        this.#signs = 1;
        at++;
      } else this.#next(bytes[at++] ?? 0);
    }
  }

  #next(code: number): void {
    const digit = code - 0x30;
    if (this.#signs === 2 && digit >= 0 && digit <= 9) {
      this.#value = this.#value * 10 + digit;
      return;
    }
    const isSecond = this.#signs === 1 && code === AT;
    if (this.#signs === 2 && code === AT && this.#value > 0) this.#onStamp(this.#value);
    this.#signs = isSecond ? 2 : 0;
    this.#value = 0;
  }
}
