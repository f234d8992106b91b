import type { DocsHeading } from './schema';

interface Section {
  /** Null for what stands before the first heading. */
  readonly heading: DocsHeading | null;
  readonly markdown: string;
}

/** The headings of the second and third level, in order. */
export function outlineOf(markdown: string): DocsHeading[] {
  return sectionsOf(markdown).flatMap(({ heading }) => heading ?? []);
}

/** A page in parts, each from its heading to the next. A # inside of code is no heading. */
export function sectionsOf(markdown: string): Section[] {
  const ids = headingIds();
  const sections: { heading: DocsHeading | null; lines: string[] }[] = [{ heading: null, lines: [] }];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence)) fence = null;
    const found = fence === null ? /^(##|###) +(.+)$/.exec(line) : null;
    if (found?.[1] && found[2]) {
      const text = plainText(found[2]);
      sections.push({ heading: { depth: found[1] === '##' ? 2 : 3, text, id: ids(text) }, lines: [] });
    } else sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ heading, lines }) => ({ heading, markdown: lines.join('\n') }));
}

/** Gives each heading of a page its id: its words joined by hyphens, numbered where they come again. */
export function headingIds(): (text: string) => string {
  const seen = new Map<string, number>();
  return (text) => {
    const id = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s+/g, '-');
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    return before === 0 ? id : `${id}-${before}`;
  };
}

/** Markdown without its marks, on one line. Code stays as it is. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^(`{3,}|~{3,}).*$/gm, '')
    .replace(/^#+ +/gm, '')
    .replace(/^\|?[\s|:-]+\|$/gm, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/^ *[*-] +/gm, '')
    .replace(/ *\| */g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
