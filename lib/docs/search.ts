import { plainText, sectionsOf } from './outline';
import type { DocsHit, DocsPage } from './schema';

const SNIPPET_CHARACTERS = 200;
const TERMS_MAX = 20;

interface IndexedSection {
  readonly at: DocsHit['section'];
  readonly text: string;
  readonly heading: Words;
  readonly body: Words;
}

interface IndexedPage {
  readonly page: DocsPage;
  readonly title: Words;
  readonly description: Words;
  readonly address: Words;
  readonly sections: readonly IndexedSection[];
}

/** How often each word stands there. */
type Words = ReadonlyMap<string, number>;

const indexes = new WeakMap<readonly DocsPage[], readonly IndexedPage[]>();

/**
 * The pages that have words of the query, best first. A word counts more in a title than in a description, more there than
 * in the text, and more the fewer pages have it. The beginning of a word finds it.
 */
export function searchPages(pages: readonly DocsPage[], query: string, max: number): DocsHit[] {
  const index = indexes.get(pages) ?? indexPages(pages);
  indexes.set(pages, index);
  const terms = [...new Set(words(query))].slice(0, TERMS_MAX).map((term) => ({ term, weight: rarity(index, term) }));
  return index
    .map((page) => scored(page, terms))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, max)
    .map(({ hit }) => hit);
}

interface Term {
  readonly term: string;
  readonly weight: number;
}

function scored({ page, title, description, address, sections }: IndexedPage, terms: readonly Term[]) {
  const sum = (score: (term: string) => number) => terms.reduce((all, one) => all + one.weight * score(one.term), 0);
  const inPage = sum((term) => 3 * has(title, term) + 2 * has(description, term) + has(address, term));
  const best = sections
    .map((section) => ({
      section,
      score: sum((term) => 2 * has(section.heading, term) + Math.log2(1 + Math.min(count(section.body, term), 7))),
    }))
    .reduce((most, one) => (one.score > most.score ? one : most));
  const found = best.section;
  const hit = { page, section: found.at, snippet: snippetOf(found.text || page.description, terms) };
  return { score: inPage + best.score, hit };
}

function indexPages(pages: readonly DocsPage[]): IndexedPage[] {
  return pages.map((page) => ({
    page,
    title: counted(page.title),
    description: counted(page.description),
    address: counted(page.slug.replaceAll('-', ' ')),
    sections: sectionsOf(page.markdown).map(({ heading, markdown }) => {
      const text = plainText(markdown.replace(/^# .+$/m, ''));
      const at = heading ? { id: heading.id, title: heading.text } : null;
      return { at, text, heading: counted(heading?.text ?? ''), body: counted(text) };
    }),
  }));
}

/** 0 where no page has it, and more for what few pages have. */
function rarity(index: readonly IndexedPage[], term: string): number {
  const having = index.filter(
    ({ title, sections }) =>
      has(title, term) || sections.some((section) => has(section.body, term) || has(section.heading, term)),
  ).length;
  return having === 0 ? 0 : Math.log(1 + index.length / having);
}

function snippetOf(text: string, terms: readonly Term[]): string {
  const first = [...terms].sort((a, b) => b.weight - a.weight).map(({ term }) => positionOf(text, term));
  const at = first.find((position) => position >= 0) ?? 0;
  const begin = at < SNIPPET_CHARACTERS / 2 ? 0 : text.indexOf(' ', at - SNIPPET_CHARACTERS / 2) + 1;
  const end =
    begin + SNIPPET_CHARACTERS >= text.length ? text.length : text.lastIndexOf(' ', begin + SNIPPET_CHARACTERS);
  return `${begin > 0 ? '…' : ''}${text.slice(begin, Math.max(end, at + 1))}${end < text.length ? '…' : ''}`;
}

function positionOf(text: string, term: string): number {
  for (const found of text.toLowerCase().matchAll(WORD)) if (found[0].startsWith(term)) return found.index;
  return -1;
}

const WORD = /[\p{L}\p{N}_]+/gu;

/** The words of a text that are longer than one character; what an underscore joins is one word and its parts. */
function words(text: string): string[] {
  const found = text.toLowerCase().match(WORD) ?? [];
  return found
    .flatMap((word) => (word.includes('_') ? [word, ...word.split('_')] : word))
    .filter((word) => word.length > 1);
}

function counted(text: string): Words {
  const counts = new Map<string, number>();
  for (const word of words(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function count(counts: Words, term: string): number {
  let sum = 0;
  for (const [word, times] of counts) if (word.startsWith(term)) sum += times;
  return sum;
}

function has(counts: Words, term: string): 0 | 1 {
  return count(counts, term) > 0 ? 1 : 0;
}
