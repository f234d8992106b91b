import type { Cost } from './cost';
import type { CredentialSource, Environment, LogIntent, LogRecord } from './log-record';
import type { Usage } from './usage';

/** Who is asking. */
export interface Caller {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly environment: Environment;
  /** Its calls are hedged unless they say otherwise. */
  readonly hedges: boolean;
}

/** A provider's key, ready to be used. The secret never leaves the gateway but in the upstream call. */
export interface Credential {
  readonly source: CredentialSource;
  readonly provider: string;
  /** Integration key id; null for credentials that came with the request or belong to the platform. */
  readonly id: string | null;
  readonly secret: string;
  readonly lastFour: string;
  /** Where the provider is reached; null for its configured default. */
  readonly baseUrl: string | null;
  readonly simulated: boolean;
  readonly weight: number;
  /** Empty: all models. */
  readonly availableModels: readonly string[];
  readonly excludeModels: readonly string[];
}

/** An OpenAI-compatible provider that an organization added itself. */
export interface CustomProvider {
  /** What stands before the slash of "provider/model", and its id in logs. Never one of the registry. */
  readonly slug: string;
  readonly name: string;
  /** Without a trailing slash. Called only if it is public, unless the installation allows private addresses. */
  readonly baseUrl: string;
  /** Models that are its without a prefix; others need one. */
  readonly models: readonly string[];
  /** The provider whose known address this is, for its price list; null for any other. */
  readonly pricedAs: string | null;
}

/** A model of a load balance group. */
export interface WeightedModel {
  /** As a request would name it. */
  readonly model: string;
  /** Its share of the requests, against the weights of the others. Above 0. */
  readonly weight: number;
}

/** A provider's good answer, kept for exact repetition. */
export interface CachedAnswer {
  readonly contentType: string;
  /** Who gave it; null where that was not noted, and it is the provider that is asked first. */
  readonly provider: string | null;
  /** The provider's bytes, without content encoding. */
  readonly body: Buffer;
}

/** What a call asks for. Amounts in nano-dollars. */
export interface CreditHold {
  readonly organizationId: string;
  /** The id of the call's log. What is asked for again is added to what the call holds. */
  readonly id: string;
  /** Without this much it can't go on. */
  readonly neededNanoUsd: bigint;
  /** What it takes where there is plenty. */
  readonly wantedNanoUsd: bigint;
}

export interface HoldResult {
  /** Null where there was not enough. */
  readonly grantedNanoUsd: bigint | null;
  /** What the organization has, held or not. */
  readonly balanceNanoUsd: bigint;
  /** There would be enough, but calls under way held it as long as could be waited. */
  readonly isHeldByOthers: boolean;
}

/**
 * Credits, so that calls at the same time never spend the same ones. What a call holds is released when its log is written,
 * together with the debit; what a process that died has held, after a time.
 */
export interface CreditsPort {
  /** In nano-dollars, what is held included. */
  balance(organizationId: string): Promise<bigint>;
  /**
   * Before a call. Waits a moment where calls under way hold what it needs.
   * @param hold asked for at each try: those that end meanwhile tell what the call may be like
   */
  reserve(hold: () => CreditHold): Promise<HoldResult>;
  /** During a call: up to what is wanted, or all that is left. @returns what was added, 0 where nothing is left */
  extend(hold: CreditHold): Promise<bigint>;
  /** What a call will not need. @returns whether it was taken back */
  giveBack(organizationId: string, id: string, amountNanoUsd: bigint): Promise<boolean>;
  /** The call is over, and its log is on its way. */
  done(id: string): void;
}

/** What the pure core needs from the world. Implemented by lib/gateway-ports.ts. */
export interface GatewayPorts {
  /** Looks a presented API key up, from memory where it is known. Null for an unknown, revoked or expired one. */
  findCaller(presentedKey: string): Promise<Caller | null>;
  /** The organization's own credentials for a provider, from memory where they are known. */
  integrationCredentials(organizationId: string, provider: string): Promise<readonly Credential[]>;
  /** The providers an organization added itself, from memory where they are known. */
  customProviders(organizationId: string): Promise<readonly CustomProvider[]>;
  /** The models of a group that the organization saved, from memory where they are known; empty where there is none. */
  loadBalanceGroup(organizationId: string, groupId: string): Promise<readonly WeightedModel[]>;
  /** The platform's credential that credits pay for, or null where this installation has none. */
  platformCredential(provider: string): Credential | null;
  /** Asked only when credits would pay. */
  readonly credits: CreditsPort;
  /** Where a provider is reached unless its credential says otherwise. */
  providerBaseUrl(provider: string): string;
  /** Null where a price is unknown. */
  price(input: { provider: string; model: string; usage: Usage; at: Date }): Cost | null;
  journal: {
    /** Durable before any answer of the upstream call can be seen. Throws when the journal cannot take it. */
    intend(intent: LogIntent): void;
    /** Durable when it returns. Never throws: a record the journal refuses is kept in memory and reported. */
    settle(record: LogRecord): void;
  };
  responseCache: {
    /** Null where nothing is kept, or it has expired. */
    find(organizationId: string, digest: Buffer): Promise<CachedAnswer | null>;
    keep(organizationId: string, digest: Buffer, answer: CachedAnswer, ttlSeconds: number): Promise<void>;
  };
  /** A new UUIDv7. */
  newId(): string;
  /** Reports what has no caller to be told, without secrets. */
  report(message: string, error?: unknown): void;
}
