/** Receivers for tests: a web server and a mail server that keep what they are sent. */
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly posted: Posted[];
  /** Status by path; 200 where there is none, and 0 never answers. */
  readonly answers: Map<string, number>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const posted: Posted[] = [];
  const answers = new Map<string, number>();
  const server = createHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '/';
    posted.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const status = answers.get(path) ?? 200;
    if (status > 0) response.writeHead(status, { location: '/elsewhere' }).end('noted');
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    posted,
    answers,
    async close() {
      server.closeAllConnections();
      await shut(server);
    },
  };
}

export interface MailServer {
  readonly url: string;
  /** Whole messages with their headers, as they came. */
  readonly mails: { readonly to: string; readonly text: string }[];
  /** Addresses that it refuses. */
  readonly refused: Set<string>;
  close(): Promise<void>;
}

/** As much of SMTP as a client needs to hand over a message. */
export async function startMailServer(): Promise<MailServer> {
  const mails: { to: string; text: string }[] = [];
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    let rest = '';
    let to = '';
    let lines: string[] | null = null;
    const say = (text: string) => socket.write(`${text}\r\n`);
    const hear = (line: string) => {
      if (lines && line !== '.') return void lines.push(line);
      if (lines) {
        mails.push({ to, text: lines.join('\n') });
        lines = null;
        return say('250 kept');
      }
      const recipient = /^RCPT TO:<(.*)>/i.exec(line)?.[1];
      if (recipient !== undefined) {
        to = recipient;
        return say(refused.has(recipient) ? '550 no such person' : '250 fine');
      }
      if (/^DATA/i.test(line)) {
        lines = [];
        return say('354 go on');
      }
      say(/^QUIT/i.test(line) ? '221 bye' : '250 fine');
    };
    say('220 test');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const parts = (rest + bytes.toString()).split('\r\n');
      rest = parts.pop() ?? '';
      for (const line of parts) hear(line);
    });
  });
  const port = await listen(server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refused,
    async close() {
      for (const socket of sockets) socket.destroy();
      await shut(server);
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

async function shut(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
