import { conversationOf, customerOf, type RespanParams } from '../params';

type Logged = Readonly<Record<'customerIdentifier' | 'threadIdentifier' | 'customIdentifier', string | null>> & {
  readonly metadata: Record<string, unknown> | null;
};

/** What the log keeps of the parameters, under the names it has for them. */
export function loggedParams(params: RespanParams): Logged {
  return {
    customerIdentifier: customerOf(params),
    threadIdentifier: conversationOf(params),
    customIdentifier: params.custom_identifier ?? null,
    metadata: metadataOf(params),
  };
}

/** The caller's own, and under "respan_fields" what has no column, as on logs that are sent to us. */
function metadataOf(params: RespanParams): Logged['metadata'] {
  const { metadata, properties, customer_params: customer } = params;
  const own = properties ? { ...properties, ...metadata } : metadata;
  const kept = {
    group_identifier: params.group_identifier ?? customer?.group_identifier,
    customer_name: params.customer_name ?? customer?.name,
    customer_email: params.customer_email ?? customer?.email,
    load_balance_group_id: params.load_balance_group?.group_id,
  };
  const named = Object.entries(kept).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return named.length > 0 ? { respan_fields: Object.fromEntries(named), ...own } : (own ?? null);
}
