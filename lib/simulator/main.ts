import { parseArgs } from 'node:util';
import { startSimulator } from './server';

/** The simulator as a program of its own: `node --import tsx lib/simulator/main.ts --port 4010 [--instant]`. Prints its URL. */

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, instant: { type: 'boolean' } } });
const simulator = await startSimulator({
  port: Number(values.port),
  pace: values.instant ? 'instant' : 'natural',
  recordLimit: 0,
});
console.log(simulator.url);
process.on('SIGTERM', () => void simulator.close().then(() => process.exit(0)));
