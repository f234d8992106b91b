import { cn } from './cn';
import { CopyButton } from './copy-button';

interface CodeBlockProps {
  code: string;
  /** A file name or language above the code. */
  title?: string;
  /** What the copy button puts on the clipboard when it differs from what is shown, as where a key is masked. */
  copyValue?: string;
  wrap?: boolean;
  className?: string;
}

/** Code to copy: monospaced, scrolls inside itself. */
export function CodeBlock({ code, title, copyValue, wrap, className }: CodeBlockProps) {
  return (
    <div className={cn('group relative rounded-lg border bg-muted', className)}>
      {title && <div className="border-b px-3 py-1.5 text-muted-foreground text-xs">{title}</div>}
      <CopyButton
        value={copyValue ?? code}
        label="Copy code"
        className={cn('absolute right-1.5 bg-muted text-muted-foreground', title ? 'top-0.5' : 'top-1.5')}
      />
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={cn(
          'max-h-[480px] overflow-auto p-3 pr-11 font-mono text-xs leading-[18px]',
          wrap && 'whitespace-pre-wrap break-words',
        )}
      >
        <code>{code}</code>
      </pre>
    </div>
  );
}
