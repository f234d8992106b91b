import { GatewayError } from '../errors';
import type { LogIntent } from '../log-record';
import type { GatewayPorts } from '../ports';

/** Journals what is about to be done. @throws GatewayError unavailable: what can't be logged is not done */
export function intend(intent: LogIntent, ports: Pick<GatewayPorts, 'journal' | 'report'>): void {
  try {
    ports.journal.intend(intent);
  } catch (error) {
    ports.report(`The journal refused ${intent.id}`, error);
    throw new GatewayError(
      'unavailable',
      'The gateway can not write its log right now, so nothing was done. Try again in a moment.',
      { cause: error },
    );
  }
}
