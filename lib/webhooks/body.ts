/**
 * JSON as Python's `json.dumps` writes it. The documented way to check a signature dumps the parsed body again, so the bytes that
 * are signed must be those that it would write: a space after colons and commas, everything beyond ASCII escaped, and small
 * numbers with a two-digit exponent.
 */
export function pythonJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object') return text(String(value));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${text(name)}: ${pythonJson(member)}`).join(', ')}}`;
}

function text(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Python turns to an exponent below 0.0001, JavaScript below 0.000001. */
function number(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (value === 0) return '0';
  if (Math.abs(value) >= 1e-4) return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e-');
  return `${digits}e-${exponent.padStart(2, '0')}`;
}
