import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { TextLink } from '@/components/ui/text-link';
import type { DocsHeading } from '@/lib/docs/schema';
import { DocsCode } from './docs-code';
import { headingIds } from './heading-ids';

interface DocsMarkdownProps {
  markdown: string;
  /** Its headings of the second and third level, in order: they can be linked to. */
  headings: readonly DocsHeading[];
}

/** A page of ours as it is read. */
export function DocsMarkdown({ markdown, headings }: DocsMarkdownProps) {
  return (
    <div className="break-words text-base [&_ol]:my-3 [&_ol]:list-decimal [&_ol]:pl-5 [&_p]:my-3 [&_ul]:my-3 [&_ul]:list-disc [&_ul]:pl-5">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[headingIds, headings.map(({ id }) => id)]]}
        components={COMPONENTS}
      >
        {markdown}
      </ReactMarkdown>
    </div>
  );
}

const COMPONENTS: Components = {
  h1: ({ children }) => <h1 className="mb-2 font-medium text-2xl tracking-[-0.015em]">{children}</h1>,
  h2: ({ id, children }) => (
    <h2 id={id} className="mt-10 mb-2 scroll-mt-16 border-t pt-6 font-medium text-xl tracking-[-0.01em]">
      {children}
    </h2>
  ),
  h3: ({ id, children }) => (
    <h3 id={id} className="mt-7 mb-1 scroll-mt-20 font-medium text-lg">
      {children}
    </h3>
  ),
  p: ({ children }) => <p className="max-w-[72ch]">{children}</p>,
  li: ({ children }) => <li className="my-1 max-w-[70ch] [&>p]:my-0">{children}</li>,
  a: ({ href, children }) => (
    <TextLink href={href ?? ''} prefetch={false} className="underline">
      {children}
    </TextLink>
  ),
  pre: ({ children }) => children,
  code: ({ className, children }) => {
    const code = String(children ?? '');
    const language = /language-([\w+-]+)/.exec(className ?? '')?.[1];
    if (!language && !code.includes('\n'))
      return <code className="rounded-sm bg-muted px-1 py-px font-mono text-[0.9em]">{code}</code>;
    return <DocsCode code={code.replace(/\n$/, '')} language={language} />;
  },
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="my-4 overflow-x-auto rounded-lg border" tabIndex={0}>
      <table className="w-full text-left text-sm [&_td]:px-3 [&_td]:py-2 [&_td]:align-top [&_th]:bg-muted [&_th]:px-3 [&_th]:py-2 [&_tr]:border-b [&_tbody_tr:last-child]:border-b-0">
        {children}
      </table>
    </div>
  ),
};
