/** What a gateway on Node can't beat: node:http in, undici's dispatch out, the body held, nothing read or kept on the way. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'host',
  'content-length',
  'expect',
  'upgrade',
]);

const pool = new Pool(process.argv[2] ?? '', { connections: 4096, pipelining: 1 });

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => send(request, response, parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts)));
});
server.requestTimeout = 0;
server.keepAliveTimeout = 75_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));

function send(request: IncomingMessage, response: ServerResponse, body: Buffer | null): void {
  let upstream: Dispatcher.DispatchController | null = null;
  response.on('close', () => {
    if (!response.writableFinished) upstream?.abort(new Error('The client left.'));
  });
  response.on('drain', () => upstream?.resume());
  pool.dispatch(
    { path: request.url ?? '/', method: request.method ?? 'GET', headers: headersFor(request), body },
    {
      onRequestStart(controller) {
        upstream = controller;
      },
      onResponseStart(_, status, headers) {
        if (status >= 200) response.writeHead(status, forCaller(headers));
      },
      onResponseData(controller, bytes) {
        if (!response.write(bytes)) controller.pause();
      },
      onResponseEnd() {
        response.end();
      },
      onResponseError() {
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end();
      },
    },
  );
}

function headersFor(request: IncomingMessage): string[] {
  const raw = request.rawHeaders;
  const out: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!HOP_BY_HOP.has(name.toLowerCase())) out.push(name, raw[index + 1] ?? '');
  }
  return out;
}

function forCaller(headers: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> {
  const out: NodeJS.Dict<string | string[]> = {};
  for (const name in headers) if (!HOP_BY_HOP.has(name) || name === 'content-length') out[name] = headers[name];
  return out;
}
