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
  /** Set where the caller speaks chat completions and the provider does not. */
  readonly translate: ChatWishes | null;
}
