/** Dashboards listen here: the payload is a JSON array of the ids of organizations that have new logs. */
export const LOGS_CHANNEL = 'respan_logs';
