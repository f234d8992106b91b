import Anthropic from '@anthropic-ai/sdk';
import { type Simulator, type SimulatorOptions, startSimulator } from './server';

export const KEY = 'sk-ant-api03-test';

/** A simulator without delays, and the official client for it. Close it after the tests. */
export async function simulatorWithClient(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ pace: 'instant', ...options });
  const client = new Anthropic({ apiKey: KEY, baseURL: simulator.url, maxRetries: 0 });
  return { simulator, client };
}

/** A bare POST, for what the official client would hide. A string body goes out as it is. */
export function post(simulator: Simulator, path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'x-api-key': KEY, 'anthropic-version': '2023-06-01', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
  });
}

/** A request that is taken, with changes. */
export function messageBody(changes: Record<string, unknown> = {}) {
  return {
    model: 'claude-opus-4-8',
    max_tokens: 500,
    messages: [{ role: 'user', content: 'Hello' }],
    ...changes,
  };
}

/** The frames of an event stream, each as its event name and parsed data. */
export function framesOf(stream: string): { event: string; data: Record<string, unknown> }[] {
  return stream
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const match = /^event: (\w+)\ndata: (.*)$/.exec(frame);
      if (!match) throw new Error(`Not a frame: ${frame}`);
      return { event: match[1] ?? '', data: JSON.parse(match[2] ?? '') };
    });
}
