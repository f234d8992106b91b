export interface Token {
  readonly text: string;
  readonly kind: 'plain' | 'comment' | 'string' | 'keyword';
}

const KEYWORDS: Readonly<Record<string, RegExp>> = {
  ts: /^(import|from|const|new|await|for|of|async|process|function|return)$/,
  python: /^(import|from|with|as|for|in|def|return|print)$/,
  sh: /^(curl|export|unset|claude|npm|npx)$/,
  json: /^(true|false|null)$/,
};
const COMMENTS: Readonly<Record<string, string>> = { ts: '//.*', python: '#.*', sh: '(?<=^|\\s)#.*', json: '(?!)' };
const STRINGS = '"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\'|`(?:[^`\\\\]|\\\\.)*`';

/** Colours for a sample, no more: comments, strings and a few words. What it does not know stays plain, and nothing is lost. */
export function highlight(code: string, language: string | undefined): Token[] {
  const keywords = language ? KEYWORDS[language] : undefined;
  if (!language || !keywords) return [{ text: code, kind: 'plain' }];
  const pattern = new RegExp(`(${COMMENTS[language]})|(${STRINGS})|([A-Za-z_][\\w-]*)`, 'gm');
  const tokens: Token[] = [];
  let done = 0;
  for (const match of code.matchAll(pattern)) {
    const [text, comment, string] = match;
    const kind = comment ? 'comment' : string ? 'string' : keywords.test(text) ? 'keyword' : 'plain';
    if (kind === 'plain') continue;
    if (match.index > done) tokens.push({ text: code.slice(done, match.index), kind: 'plain' });
    tokens.push({ text, kind });
    done = match.index + text.length;
  }
  return done < code.length ? [...tokens, { text: code.slice(done), kind: 'plain' }] : tokens;
}
