import type { Meter, Provider, Reading } from '../providers/provider';

/** The provider with meters that count nothing: what its answer reports was used by an earlier call, and is on that call's log. */
export function retold(provider: Provider): Provider {
  return { ...provider, createMeter: () => new RetoldMeter(provider.createMeter()) };
}

class RetoldMeter implements Meter {
  constructor(private readonly meter: Meter) {}

  json(body: Buffer): void {
    this.meter.json(body);
  }
  frame(frame: Buffer): void {
    this.meter.frame(frame);
  }
  get contentBegan(): boolean {
    return this.meter.contentBegan;
  }
  get ended(): boolean {
    return this.meter.ended;
  }
  closed(): void {
    this.meter.closed();
  }
  reading(relayed: () => Buffer, sent: () => Buffer | null): Reading {
    return { ...this.meter.reading(relayed, sent), usage: null };
  }
}
