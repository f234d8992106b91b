/** USD per million tokens, as exact decimals, in the order of Anthropic's own price table. */
export type UsdRates = readonly [
  input: string,
  cacheWrite5m: string,
  cacheWrite1h: string,
  cacheRead: string,
  output: string,
];

export interface ClaudePricePeriod {
  /** First day (UTC) these prices hold; left out: since the model exists. */
  readonly from?: string;
  readonly rates: UsdRates;
  /** Every class of a call moves to these rates when its whole prompt is longer than `above` tokens. */
  readonly longPrompt?: { readonly above: number; readonly rates: UsdRates };
  /** Rates of calls that the provider reports as served in fast mode. */
  readonly fast?: UsdRates;
}

export interface ClaudePrices {
  /** API id without date. */
  readonly model: string;
  /** Other names that no rule about dates and prefixes leads to. */
  readonly aliases?: readonly string[];
  /** Inference kept in the US costs x1.1: the 4.6 generation and later. */
  readonly usMultiplier: boolean;
  /** Oldest first. */
  readonly periods: readonly ClaudePricePeriod[];
}

const OPUS_4_1: UsdRates = ['15', '18.75', '30', '1.50', '75'];
const OPUS_4_5: UsdRates = ['5', '6.25', '10', '0.50', '25'];
const SONNET_4: UsdRates = ['3', '3.75', '6', '0.30', '15'];
const SONNET_5: UsdRates = ['2', '2.50', '4', '0.20', '10'];
const FABLE_5: UsdRates = ['10', '12.50', '20', '1.00', '50'];
const FABLE_5_1: UsdRates = ['10', '12.50', '20', '0.25', '50'];
const FABLE_5_2: UsdRates = ['8', '10', '16', '0.20', '40'];
const FAST_OPUS_5: UsdRates = ['10', '12.50', '20', '1.00', '50'];
const FAST_OPUS_5_5: UsdRates = ['8', '10', '16', '0.40', '40'];

/** Until the 1M window got flat prices: double input and 1.5 times output above 200k tokens. */
const LONG_SONNET = { above: 200_000, rates: ['6', '7.50', '12', '0.60', '22.50'] } as const;
const LONG_OPUS = { above: 200_000, rates: ['10', '12.50', '20', '1.00', '37.50'] } as const;

/** Anthropic's published prices, as of 2026-11-22: https://platform.claude.com/docs/en/about-claude/pricing */
export const CLAUDE_PRICES: readonly ClaudePrices[] = [
  { model: 'claude-fable-5-2', usMultiplier: true, periods: [{ rates: FABLE_5_2 }] },
  { model: 'claude-mythos-5-2', usMultiplier: true, periods: [{ rates: FABLE_5_2 }] },
  { model: 'claude-fable-5-1', usMultiplier: true, periods: [{ rates: FABLE_5_1 }] },
  { model: 'claude-mythos-5-1', usMultiplier: true, periods: [{ rates: FABLE_5_1 }] },
  { model: 'claude-fable-5', usMultiplier: true, periods: [{ rates: FABLE_5 }] },
  { model: 'claude-mythos-5', usMultiplier: true, periods: [{ rates: FABLE_5 }] },
  {
    model: 'claude-opus-5-5',
    usMultiplier: true,
    periods: [{ rates: ['4', '5', '8', '0.20', '20'], fast: FAST_OPUS_5_5 }],
  },
  { model: 'claude-opus-5', usMultiplier: true, periods: [{ rates: OPUS_4_5, fast: FAST_OPUS_5 }] },
  { model: 'claude-opus-4-8', usMultiplier: true, periods: [{ rates: OPUS_4_5, fast: FAST_OPUS_5 }] },
  { model: 'claude-opus-4-7', usMultiplier: true, periods: [{ rates: OPUS_4_5 }] },
  {
    model: 'claude-opus-4-6',
    usMultiplier: true,
    periods: [
      { rates: OPUS_4_5, longPrompt: LONG_OPUS },
      { from: '2026-03-13', rates: OPUS_4_5 },
    ],
  },
  { model: 'claude-opus-4-5', usMultiplier: false, periods: [{ rates: OPUS_4_5 }] },
  { model: 'claude-opus-4-1', usMultiplier: false, periods: [{ rates: OPUS_4_1 }] },
  { model: 'claude-opus-4', aliases: ['claude-opus-4-0'], usMultiplier: false, periods: [{ rates: OPUS_4_1 }] },
  {
    model: 'claude-sonnet-5-5',
    usMultiplier: true,
    periods: [{ rates: SONNET_5 }, { from: '2026-10-07', rates: ['2', '2.50', '4', '0.10', '10'] }],
  },
  { model: 'claude-sonnet-5', usMultiplier: true, periods: [{ rates: SONNET_5 }] },
  {
    model: 'claude-sonnet-4-6',
    usMultiplier: true,
    periods: [
      { rates: SONNET_4, longPrompt: LONG_SONNET },
      { from: '2026-03-13', rates: SONNET_4 },
    ],
  },
  {
    model: 'claude-sonnet-4-5',
    usMultiplier: false,
    periods: [
      { rates: SONNET_4, longPrompt: LONG_SONNET },
      { from: '2026-04-30', rates: SONNET_4 },
    ],
  },
  {
    model: 'claude-sonnet-4',
    aliases: ['claude-sonnet-4-0'],
    usMultiplier: false,
    periods: [
      { rates: SONNET_4, longPrompt: LONG_SONNET },
      { from: '2026-04-30', rates: SONNET_4 },
    ],
  },
  { model: 'claude-3-7-sonnet', usMultiplier: false, periods: [{ rates: SONNET_4 }] },
  { model: 'claude-3-5-sonnet', usMultiplier: false, periods: [{ rates: SONNET_4 }] },
  {
    model: 'claude-haiku-5-5',
    usMultiplier: true,
    periods: [
      {
        rates: ['0.10', '0.125', '0.20', '0.01', '0.50'],
        longPrompt: { above: 100_000, rates: ['0.50', '0.625', '1.00', '0.05', '2.50'] },
      },
    ],
  },
  { model: 'claude-haiku-4-5', usMultiplier: false, periods: [{ rates: ['1', '1.25', '2', '0.10', '5'] }] },
  { model: 'claude-3-5-haiku', usMultiplier: false, periods: [{ rates: ['0.80', '1', '1.60', '0.08', '4'] }] },
  { model: 'claude-3-haiku', usMultiplier: false, periods: [{ rates: ['0.25', '0.30', '0.50', '0.03', '1.25'] }] },
  { model: 'claude-3-opus', usMultiplier: false, periods: [{ rates: OPUS_4_1 }] },
];

/** USD per web search that succeeded, the same for every model. */
export const CLAUDE_WEB_SEARCH_USD = '0.01';
