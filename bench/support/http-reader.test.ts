import { expect, test } from 'vitest';
import { HttpReader } from './http-reader';

const TEXT = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n',
  'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n',
].join('');

const MESSAGES = [
  { status: '200', body: 'hello' },
  { status: '204', body: '' },
  { status: '200', body: 'helloabcdefghijklmnopqrstuvwxyz' },
  { status: '404', body: '' },
];

function read(pieces: readonly Buffer[]): { status: string; body: string }[] {
  const messages: { status: string; body: string }[] = [];
  let status = '';
  let body = '';
  const reader = new HttpReader({
    head: (head) => {
      status = head.slice(9, 12);
      body = '';
    },
    body: (bytes, start, end) => {
      body += bytes.toString('latin1', start, end);
    },
    end: () => messages.push({ status, body }),
  });
  for (const piece of pieces) reader.push(piece);
  return messages;
}

test('reads messages one after the other', () => {
  expect(read([Buffer.from(TEXT)])).toEqual(MESSAGES);
});

test('reads the same wherever the network cuts', () => {
  const bytes = Buffer.from(TEXT);
  for (let cut = 1; cut < bytes.length; cut++) {
    expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(MESSAGES);
  }
  expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(MESSAGES);
});

test('reads no further than it is told', () => {
  const bytes = Buffer.from(`${TEXT}HTTP/1.1 500`);
  const messages: string[] = [];
  const reader = new HttpReader({ head: (head) => messages.push(head), body: () => {}, end: () => {} });
  reader.push(bytes, TEXT.length);
  expect(messages).toHaveLength(4);
  reader.push(Buffer.from('HTTP/1.1 201 Created\r\n\r\n'));
  expect(messages[4]).toBe('HTTP/1.1 201 Created');
});
