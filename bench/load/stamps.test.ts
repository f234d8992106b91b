import { expect, test } from 'vitest';
import { StampReader } from './stamps';

const TEXT = Buffer.from('data: @@123@ a b@c @@@ @45@ @@4567@@@8@ end');

function read(pieces: readonly Buffer[]): number[] {
  const found: number[] = [];
  const reader = new StampReader((sentUs) => found.push(sentUs));
  for (const piece of pieces) reader.push(piece, 0, piece.length);
  return found;
}

test('finds the stamps, and nothing in other at-signs, wherever the network cuts', () => {
  expect(read([TEXT])).toEqual([123, 4567, 8]);
  for (let cut = 1; cut < TEXT.length; cut++) {
    expect(read([TEXT.subarray(0, cut), TEXT.subarray(cut)])).toEqual([123, 4567, 8]);
  }
});
