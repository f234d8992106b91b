import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Receiver {
  url: string;
  posted: { path: string; headers: IncomingHttpHeaders; body: string }[];
  /** What it answers with from now on. */
  status: number;
  stop(): Promise<void>;
}

/** Somebody's server that webhooks are sent to. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    receiver.posted.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(receiver.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${address.port}`,
    posted: [],
    status: 200,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
