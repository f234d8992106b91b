import { once } from 'node:events';
import { createServer, request } from 'node:http';

export interface Echo {
  url: string;
  /** From now on nothing listens there. */
  stop(): Promise<void>;
}

/**
 * A careless provider: passes everything on to a good one, but a message with "echo please" in it is refused with an error that
 * quotes the key it came with.
 */
export async function startEcho(provider: string): Promise<Echo> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (body.includes('echo please')) {
      const message = `Incorrect API key provided: ${incoming.headers['x-api-key']}`;
      const error = JSON.stringify({ type: 'error', error: { type: 'authentication_error', message } });
      outgoing.writeHead(401, { 'content-type': 'application/json', 'request-id': `req for ${message}` }).end(error);
      return;
    }
    const { host: _, ...headers } = incoming.headers;
    const forwarded = request(`${provider}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => outgoing.destroy()).pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy()).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
