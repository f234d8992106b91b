import type { LogDetail, LogView } from './schema';

/**
 * A log as strangers may see it: what was asked and answered, how long it took and what it cost. Not who asked, with which
 * key or credential, with what headers and metadata, nor the bodies as they were sent.
 */
export function redacted(view: LogView): LogView {
  // A body in no known shape could hold anything.
  const conversation = { ...view.conversation, raw: [] };
  return { ...view, log: redactedLog(view.log), conversation, feedback: { positive: null, note: null } };
}

function redactedLog(log: LogDetail): LogDetail {
  return {
    ...log,
    key: null,
    credential: null,
    customerIdentifier: null,
    threadIdentifier: null,
    customIdentifier: null,
    metadata: null,
    alterations: [],
    warnings: [],
    errorMessage: null,
    payload: null,
  };
}
