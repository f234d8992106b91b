import { asRecord, asString, type JsonRecord } from './json';

export interface UrlCitation {
  readonly type: 'url_citation';
  readonly url_citation: {
    readonly url: string;
    readonly title: string;
    readonly start_index: number;
    readonly end_index: number;
  };
}

/**
 * A citation of a web page as OpenAI annotates it, over the characters it supports; null for citations of documents,
 * which Chat Completions has no shape for.
 */
export function toAnnotation(citation: unknown, startIndex: number, endIndex: number): UrlCitation | null {
  const cited = asRecord(citation);
  const url = citedUrl(cited);
  if (url === null) return null;
  return {
    type: 'url_citation',
    url_citation: { url, title: asString(cited.title), start_index: startIndex, end_index: endIndex },
  };
}

function citedUrl(citation: JsonRecord): string | null {
  const address = citation.type === 'search_result_location' ? citation.source : citation.url;
  return typeof address === 'string' && /^https?:\/\//.test(address) ? address : null;
}
