/** Nearly every text is storable as it is. The pattern is made once: a bundler may turn it into a call. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;
const SUSPECT = /[\0\ud800-\uffff]/;

/** Text that Postgres can store: NUL and halves of surrogate pairs become U+FFFD. */
export function storableText(text: string): string {
  return SUSPECT.test(text) ? text.replace(UNSTORABLE, '\ufffd') : text;
}

/**
 * JSON that Postgres can store as text and as jsonb: escapes of NUL and of half surrogate pairs become U+FFFD.
 * Null where the value can't be written, because it is nested deeper than the engine's stack.
 */
export function storableJson(value: unknown): string | null {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    return null;
  }
  if (json === undefined) return null;
  // Whole pairs are never escaped by JSON.stringify; after an odd number of backslashes "u" is only a letter.
  return json.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\ufffd');
}
