/** Money: signed whole nano-dollars. 1 USD = 1_000_000_000n. A string on the wire, a number only inside a chart. */
export type NanoUsd = bigint;

const NANO_PER_USD = 1_000_000_000n;

/**
 * Reads a decimal dollar amount exactly. Digits past the ninth decimal are rounded half away from zero.
 * @throws RangeError when the text is not a finite decimal number
 */
export function nanoUsdFromDecimal(text: string): NanoUsd {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text.trim());
  if (!match || (!match[2] && !match[3])) throw new RangeError(`Not a decimal amount: ${text.slice(0, 40)}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const scale = Number(exponent) + 9 - fraction.length;
  const digits = BigInt(`${whole}${fraction}` || '0');
  const nano = scale >= 0 ? digits * 10n ** BigInt(scale) : divideRounded(digits, 10n ** BigInt(-scale));
  return sign === '-' ? -nano : nano;
}

/** A JavaScript number of dollars, as JSON bodies carry it, to nano-dollars. @throws RangeError when it is not finite */
export function nanoUsdFromNumber(usd: number): NanoUsd {
  return nanoUsdFromDecimal(String(usd));
}

/** Divides two whole amounts, rounding half away from zero: the one rounding in the product's money. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (n + d / 2n) / d;
  return negative ? -rounded : rounded;
}

/** Dollars as an exact decimal string without trailing zeros, such as "0.0455612". */
export function nanoUsdToDecimal(nano: NanoUsd): string {
  const absolute = nano < 0n ? -nano : nano;
  const fraction = (absolute % NANO_PER_USD).toString().padStart(9, '0').replace(/0+$/, '');
  return `${nano < 0n ? '-' : ''}${absolute / NANO_PER_USD}${fraction ? `.${fraction}` : ''}`;
}

/** Dollars as a number, for charts and for JSON fields that clients read as a number. Not for sums. */
export function nanoUsdToNumber(nano: NanoUsd): number {
  return Number(nano) / 1e9;
}
