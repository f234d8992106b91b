import { answer } from '@/app/api/dashboard/answer';
import { ledgerCsv } from '@/lib/credits/export';

export function GET(): Promise<Response> {
  return answer(async (ctx) => {
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="credits.csv"',
      'cache-control': 'private, no-store',
    };
    return new Response(streamOf(ledgerCsv(ctx)), { headers });
  });
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
