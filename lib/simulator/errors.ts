/** An answer with an error body, as the Messages API gives it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly extra: { headers?: Record<string, string>; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', message);
}

export function notFound(message: string): ApiError {
  return new ApiError(404, 'not_found_error', message);
}

/** `requestId` is null inside batch results. */
export function errorBody(error: ApiError, requestId: string | null) {
  const { details } = error.extra;
  return {
    type: 'error',
    error: { type: error.type, message: error.message, ...(details ? { details } : {}) },
    request_id: requestId,
  };
}

const ERROR_TYPES: Record<number, string> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** The documented `error.type` of an HTTP status. */
export function errorTypeOf(status: number): string {
  return ERROR_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
}
