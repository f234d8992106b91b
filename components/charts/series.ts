/** One line, area or class of bars. `values` has one entry a bucket; null is a gap. */
export interface ChartSeries {
  readonly name: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
  /** Of lines: solid for the median, lighter above it, dashed and dotted towards the extreme. */
  readonly stroke?: 'solid' | 'light' | 'dashed' | 'dotted';
}
