import { randomFillSync } from 'node:crypto';
import { V7Generator } from 'uuidv7';

/** Random numbers drawn a thousand at a time: the draw costs more than the rest of the id. */
const pool = new Uint32Array(1024);
let used = pool.length;

const generator = new V7Generator({
  nextUint32() {
    if (used >= pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    return pool[used++] ?? 0;
  },
});

/** A UUIDv7: ids made later in this process sort later. */
export function newId(): string {
  return generator.generate().toString();
}
