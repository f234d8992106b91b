import { firstLine } from './preview';
import type { ParsedLog } from './schema';

const WARNINGS_MAX = 20;
const WARNING_MAX = 300;

/**
 * Whether the logged call succeeded. A failing status code decides, then the status in words, then whether there is an
 * error message at all.
 */
export function readOutcome(log: ParsedLog): { status: 'success' | 'error'; statusCode: number; warnings: string[] } {
  const said = log.status?.trim().toLowerCase() ?? null;
  const saysError = said === 'error' || said === 'failed';
  const saysSuccess = said === 'success' || said === 'ok';
  const isSilent = !saysSuccess && log.status_code === null;
  const failed = saysError || (log.status_code ?? 0) >= 400 || (isSilent && log.error_message !== null);
  const unclear = said !== null && !saysError && !saysSuccess;
  return {
    status: failed ? 'error' : 'success',
    statusCode: log.status_code ?? (failed ? 500 : 200),
    warnings: [
      ...callerWarnings(log.warnings),
      ...(unclear ? [`Unknown status "${firstLine(said, 50)}": send "success" or "error".`] : []),
    ],
  };
}

/** Text, a list of texts, or an object of them by name. */
function callerWarnings(warnings: unknown): string[] {
  return listOf(warnings)
    .slice(0, WARNINGS_MAX)
    .map(([name, value]) => firstLine(name === null ? textOf(value) : `${name}: ${textOf(value)}`, WARNING_MAX))
    .filter(Boolean);
}

function listOf(warnings: unknown): (readonly [string | null, unknown])[] {
  if (warnings === null) return [];
  if (Array.isArray(warnings)) return warnings.slice(0, WARNINGS_MAX).map((value) => [null, value]);
  return typeof warnings === 'object' ? Object.entries(warnings) : [[null, warnings]];
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'see the log' : String(value);
}
