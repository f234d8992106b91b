/** Text for programs, as UTF-8. */
export function answerText(text: string, type: 'text/plain' | 'text/markdown' = 'text/plain'): Response {
  return new Response(text, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=300' },
  });
}
