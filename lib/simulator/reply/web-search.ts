import { newId } from '../ids';
import type { MessageRequest } from '../validate/schema';
import { isWebSearch } from '../validate/tools';
import type { Citation, ReplyBlock } from './blocks';

export interface WebSearch {
  readonly blocks: readonly ReplyBlock[];
  /** Zero where the search failed: a failed one is free. */
  readonly searches: number;
  /** What the results add to the prompt of the next sampling. */
  readonly resultText: string;
}

const ASKS_TO_SEARCH = /\b(search|web|internet|online|news|latest|current|today|look up)\b/i;

/** The web search of a reply, or null where none is offered or asked for. Its results are made up and say so. */
export function webSearch(request: MessageRequest, text: string, errorCode: string | null): WebSearch | null {
  const tool = request.tools?.find(isWebSearch);
  const choice = request.tool_choice;
  const forced = choice?.type === 'tool' && choice.name === tool?.name;
  if (!tool || choice?.type === 'none' || !(forced || ASKS_TO_SEARCH.test(text))) return null;
  const query = text.replace(/\s+/g, ' ').trim().slice(0, 120);
  const id = newId('srvtoolu');
  const call: ReplyBlock = { type: 'server_tool_use', id, name: 'web_search', inputJson: JSON.stringify({ query }) };
  if (errorCode !== null) {
    const content = { type: 'web_search_tool_result_error', error_code: errorCode };
    return { blocks: [call, { type: 'web_search_tool_result', toolUseId: id, content }], searches: 0, resultText: '' };
  }
  const results = resultsFor(query);
  return {
    blocks: [call, { type: 'web_search_tool_result', toolUseId: id, content: results }, citedText(results[0])],
    searches: 1,
    resultText: results.map((result) => result.encrypted_content + result.title).join(' '),
  };
}

function resultsFor(query: string): [SearchResult, ...SearchResult[]] {
  return [searchResult(query, 1), searchResult(query, 2), searchResult(query, 3)];
}

function searchResult(query: string, rank: number) {
  return {
    type: 'web_search_result',
    url: `https://example.com/simulated/${rank}`,
    title: `Simulated result ${rank}`,
    encrypted_content: Buffer.from(`${rank} ${query} `.repeat(24)).toString('base64'),
    page_age: rank === 1 ? '2 days ago' : null,
  };
}

type SearchResult = ReturnType<typeof searchResult>;

function citedText(result: SearchResult): ReplyBlock {
  const citation: Citation = {
    type: 'web_search_result_location',
    url: result.url,
    title: result.title,
    encrypted_index: Buffer.from(result.url).toString('base64'),
    cited_text: 'A made-up page that the simulator cites.',
  };
  return { type: 'text', text: 'A made-up page has something on that.', citations: [citation] };
}
