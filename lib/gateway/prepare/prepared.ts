import type { Readable } from 'node:stream';
import type { Exchange } from '../exchange';
import type { ChatWishes, Provider } from '../providers/provider';

/** A request ready to be sent, but for the credential. */
export interface Prepared {
  readonly provider: Provider;
  /** Empty for endpoints that name none. */
  readonly model: string;
  readonly method: string;
  /** Path and query behind the provider's base URL. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer | null;
  /** In place of a body: one that passes as it comes, and so can be sent once. */
  readonly upload?: Readable | null;
  /** The answer tells of another call: what that one used is not used again. */
  readonly retells?: boolean;
  /**
   * Changes a good JSON answer on its way back; null leaves it as it is.
   * @param providerUrl where the provider was called
   */
  rewriteAnswer?(answer: Buffer, providerUrl: string): { readonly answer: Buffer; readonly alteration: string } | null;
  /** Set where the caller speaks chat completions and the provider does not. */
  readonly translate: ChatWishes | null;
  /** All that was changed in the request on its way to this target. */
  readonly alterations: readonly string[];
  /** What this target can not do as asked. */
  readonly warnings: readonly string[];
  /**
   * The same request for another target.
   * @throws GatewayError where that provider can't be sent this request
   */
  retarget(provider: Provider, model: string): Prepared;
}

/** The exchange tells of the request that was sent: noted when a target is chosen, and again when another is tried. */
export function noteOn(exchange: Exchange, { alterations, warnings }: Prepared): void {
  exchange.alterations.splice(0, Infinity, ...alterations);
  for (const warning of warnings) if (!exchange.warnings.includes(warning)) exchange.warnings.push(warning);
}
