import { RecentValues } from '../recent-values';

/** What a call of this kind is expected to be like, from those before it. */
export interface Expected {
  /** 95th percentile of its output in tokens; null while too little is known. */
  readonly outputTokens: number | null;
  /** By how much the tokens of a prompt exceed their estimate. */
  readonly promptFactor: number;
  /** By how much the tokens of an answer exceed what its characters suggest: hidden thinking, dense languages. */
  readonly outputFactor: number;
}

/** What a call turned out to be like. */
export interface Seen {
  readonly outputTokens: number;
  /** Null where it can't be told. */
  readonly promptFactor: number | null;
  readonly outputFactor: number | null;
}

/** Until something is known: estimates are a little too high rather than too low. */
const UNKNOWN_FACTOR = 1.1;
/** Ratios are kept in thousandths, because what is under 1 counts as nothing. */
const RATIO = 1000;

/** The largest of a few is a better guess than none: what is expected too low is extended, or limited by what is set aside. */
const ENOUGH = 5;

/** The recent distributions of calls that credits pay, by API key and model, and by model alone for keys that are new. */
export class Expectations {
  private readonly output = new RecentValues(ENOUGH);
  private readonly promptRatio = new RecentValues(ENOUGH);
  private readonly outputRatio = new RecentValues(ENOUGH);

  expect(apiKeyId: string, model: string): Expected {
    const p95 = (values: RecentValues) => values.p95(`${apiKeyId} ${model}`) ?? values.p95(model);
    const factor = (values: RecentValues) => (p95(values) ?? UNKNOWN_FACTOR * RATIO) / RATIO;
    return {
      outputTokens: p95(this.output),
      promptFactor: factor(this.promptRatio),
      outputFactor: factor(this.outputRatio),
    };
  }

  observe(apiKeyId: string, model: string, seen: Seen): void {
    for (const id of [`${apiKeyId} ${model}`, model]) {
      this.output.observe(id, seen.outputTokens);
      if (seen.promptFactor !== null) this.promptRatio.observe(id, seen.promptFactor * RATIO);
      if (seen.outputFactor !== null) this.outputRatio.observe(id, seen.outputFactor * RATIO);
    }
  }
}
