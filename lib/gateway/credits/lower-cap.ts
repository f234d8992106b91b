import { scanObject } from '../json-scan';
import { without } from '../prepare/describe';
import type { Prepared } from '../prepare/prepared';
import { withMember } from '../steps/read-request';
import type { Estimate } from './estimate';

/** The request with a lower limit on its output, every other byte as it was. */
export function lowered(prepared: Prepared, guess: Estimate, tokens: number, logType: string): Prepared {
  const { plain, cappedBy } = guess;
  if (!plain) return prepared;
  const member = cappedBy ?? (logType === 'response' ? 'max_output_tokens' : 'max_completion_tokens');
  const change = cappedBy
    ? `lowered ${member} from ${guess.outputTokens} to ${tokens}, which is what credits pay for`
    : `added ${member} ${tokens}, which is what credits pay for`;
  return {
    ...prepared,
    headers: without(prepared.headers, 'content-encoding'),
    body: cappedBy ? withNumber(plain, cappedBy, tokens) : withMember(plain, member, String(tokens)),
    alterations: [...prepared.alterations, change],
    warnings: [...prepared.warnings, `Credits: ${change}.`],
  };
}

function withNumber(body: Buffer, key: string, value: number): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const member of scanObject(body.toString('latin1')) ?? []) {
    if (member.key !== key) continue;
    parts.push(body.subarray(at, member.valueStart), Buffer.from(String(value)));
    at = member.end;
  }
  return Buffer.concat([...parts, body.subarray(at)]);
}
