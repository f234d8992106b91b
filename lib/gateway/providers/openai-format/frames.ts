/** Tells from a frame's bytes whether it must be read, because parsing every delta is what a stream costs most. */

const VALUES = [Buffer.from('"usage"'), Buffer.from('"finish_reason"'), Buffer.from('"error"')];
const NAMED_EVENT = Buffer.from('event:');
const DONE = Buffer.from('[DONE]');
const DELTA_ENDS = Buffer.from('.delta');

const SPACE = 0x20;
const COLON = 0x3a;
const LF = 0x0a;
const LETTER_N = 0x6e;

/** The mark that ends a stream of chat completion chunks. */
export function isDone(frame: Buffer): boolean {
  return frame.length < 32 && frame.includes(DONE);
}

/** False for a frame that brings content and nothing else. */
export function saysMoreThanContent(frame: Buffer): boolean {
  if (frame.indexOf(NAMED_EVENT) === 0) {
    const line = frame.indexOf(LF);
    if (!frame.subarray(0, line < 0 ? frame.length : line).includes(DELTA_ENDS)) return true;
  }
  return VALUES.some((name) => hasValue(frame, name));
}

/** Whether a member is there with a value other than null. In a string its quotes would be escaped. */
function hasValue(frame: Buffer, name: Buffer): boolean {
  for (let at = frame.indexOf(name); at >= 0; at = frame.indexOf(name, at + name.length)) {
    let next = at + name.length;
    while (frame[next] === SPACE) next++;
    if (frame[next] !== COLON) continue;
    next++;
    while (frame[next] === SPACE) next++;
    if (frame[next] !== LETTER_N) return true;
  }
  return false;
}
