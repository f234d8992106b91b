import type { Expectations } from './credits/expectations';
import type { Upstream } from './http/upstream';
import type { GatewayPorts } from './ports';
import type { Breakers } from './routing/breaker';
import type { Hedging } from './routing/hedging';

export interface GatewayConfig {
  /** Where people reach the dashboard; error messages point there. */
  readonly appUrl: string;
  readonly maxBodyBytes: number;
  readonly maxLogBytes: number;
}

/** The core with what it needs from the world. */
export interface Gateway {
  readonly ports: GatewayPorts;
  readonly upstream: Upstream;
  readonly breakers: Breakers;
  readonly hedging: Hedging;
  readonly expectations: Expectations;
  readonly config: GatewayConfig;
}
