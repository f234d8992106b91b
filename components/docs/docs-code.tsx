import { cn } from '@/components/ui/cn';
import { CopyButton } from '@/components/ui/copy-button';
import { highlight, type Token } from './highlight';

const NAMES: Readonly<Record<string, string>> = { sh: 'Shell', ts: 'TypeScript', python: 'Python', json: 'JSON' };
const COLOURS: Readonly<Record<Token['kind'], string | undefined>> = {
  plain: undefined,
  comment: 'text-muted-foreground italic',
  string: 'text-success',
  keyword: 'text-accent',
};

/** A sample of a page: named, coloured, to be copied. */
export function DocsCode({ code, language }: { code: string; language: string | undefined }) {
  const name = language ? (NAMES[language] ?? language) : 'Text';
  return (
    <div className="relative my-4 rounded-lg border bg-card">
      <div className="flex h-9 items-center justify-between border-b pr-1.5 pl-3 text-muted-foreground text-xs">
        {name}
        <CopyButton value={code} label="Copy code" />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-x-auto p-3 font-mono text-xs leading-[19px]"
      >
        <code data-language={language}>
          {highlight(code, language).map(({ text, kind }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a sample never change places.
            <span key={index} className={cn(COLOURS[kind])}>
              {text}
            </span>
          ))}
        </code>
      </pre>
    </div>
  );
}
