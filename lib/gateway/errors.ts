import type { ErrorCause } from './log-record';

/** Everything the gateway itself can refuse or fail with. Providers' own errors pass through as they are. */
export const GATEWAY_ERRORS = {
  no_api_key: { status: 401, cause: 'caller', type: 'authentication_error' },
  invalid_api_key: { status: 401, cause: 'caller', type: 'authentication_error' },
  invalid_json: { status: 400, cause: 'caller', type: 'invalid_request_error' },
  invalid_parameter: { status: 400, cause: 'caller', type: 'invalid_request_error' },
  validation: { status: 422, cause: 'caller', type: 'invalid_request_error' },
  no_credentials: { status: 402, cause: 'limit', type: 'billing_error' },
  credits_used_up: { status: 402, cause: 'limit', type: 'billing_error' },
  unknown_model: { status: 404, cause: 'caller', type: 'not_found_error' },
  unknown_endpoint: { status: 404, cause: 'caller', type: 'not_found_error' },
  method_not_allowed: { status: 405, cause: 'caller', type: 'invalid_request_error' },
  address_refused: { status: 403, cause: 'caller', type: 'permission_error' },
  too_large: { status: 413, cause: 'caller', type: 'request_too_large' },
  provider_unreachable: { status: 502, cause: 'provider', type: 'api_error' },
  provider_broke: { status: 502, cause: 'provider', type: 'api_error' },
  provider_timeout: { status: 504, cause: 'provider', type: 'timeout_error' },
  unavailable: { status: 503, cause: 'gateway', type: 'api_error' },
  internal: { status: 500, cause: 'gateway', type: 'api_error' },
} as const satisfies Record<string, { status: number; cause: ErrorCause; type: string }>;

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;

/** An error whose message is fit for the caller. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;
  /** Messages by field, for log creation. */
  readonly fields: Readonly<Record<string, readonly string[]>> | null;
  /** The parameter at fault, for OpenAI's clients. */
  readonly param: string | null;

  constructor(
    code: GatewayErrorCode,
    message: string,
    options: { cause?: unknown; fields?: Record<string, string[]>; param?: string | null } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? null;
    this.param = options.param ?? null;
  }

  get status(): number {
    return GATEWAY_ERRORS[this.code].status;
  }
  get blame(): ErrorCause {
    return GATEWAY_ERRORS[this.code].cause;
  }
  get type(): string {
    return GATEWAY_ERRORS[this.code].type;
  }
}

/** An unknown error keeps its cause for the report and loses its message for the caller. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError('internal', 'The gateway failed on this request. It was reported; try again.', {
    cause: error,
  });
}

/** The error shapes that clients of each path understand. */
export type Dialect = 'anthropic' | 'openai' | 'respan';

/** The one place that turns an error into a response body. */
export function errorBody(error: GatewayError, dialect: Dialect, logId: string | null): Record<string, unknown> {
  const { message } = error;
  if (dialect === 'anthropic') return { type: 'error', error: { type: error.type, message }, request_id: logId };
  if (dialect === 'openai')
    return { error: { message, type: error.type, param: error.param, code: error.code }, detail: message };
  return error.fields ? { detail: message, errors: error.fields } : { detail: message };
}
