import { describe, expect, it } from 'vitest';
import { parseSseFrame, SseFrames } from './sse-frames';

const STREAM = [
  'event: message_start\ndata: {"type":"message_start"}\n\n',
  ': a comment\n\n',
  'event: ping\r\ndata: {"type":"ping"}\r\n\r\n',
  'event: content_block_delta\ndata: {"text":"漢字 \\n\\n not a break"}\n\n',
  'data: first\ndata:second\n\n',
  'event: message_stop\ndata: {"type":"message_stop"}\n\n',
].join('');

const EXPECTED = [
  { event: 'message_start', data: '{"type":"message_start"}' },
  null,
  { event: 'ping', data: '{"type":"ping"}' },
  { event: 'content_block_delta', data: '{"text":"漢字 \\n\\n not a break"}' },
  { event: '', data: 'first\nsecond' },
  { event: 'message_stop', data: '{"type":"message_stop"}' },
];

function read(chunks: Buffer[]) {
  const frames = new SseFrames();
  return chunks.flatMap((chunk) => frames.push(chunk).map((frame) => parseSseFrame(frame)));
}

describe('SseFrames', () => {
  it('gives the same events wherever the stream is split in two', () => {
    const bytes = Buffer.from(STREAM);
    for (let at = 0; at <= bytes.length; at++) {
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(EXPECTED);
    }
  });

  it('gives the same events byte by byte, and in runs of every size', () => {
    const bytes = Buffer.from(STREAM);
    for (let size = 1; size < 40; size++) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(read(chunks)).toEqual(EXPECTED);
    }
  });

  it('knows when it holds half a frame', () => {
    const frames = new SseFrames();
    frames.push(Buffer.from('event: x\ndata: 1'));
    expect(frames.midFrame).toBe(true);
    expect(frames.push(Buffer.from('\n\n'))).toHaveLength(1);
    expect(frames.midFrame).toBe(false);
  });
});
