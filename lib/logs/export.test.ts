import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { pool } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { exportLogs } from './export';
import { csvCell } from './export-lines';
import { logFilters } from './schema';

let database: TestDatabase;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  ctx = contextOf();
});

function contextOf(): Context {
  return brandContext({ organizationId: uuidv7(), userId: null, role: 'viewer' });
}

async function write(count: number, model: string, reply = 'Paris.'): Promise<void> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await pool().query(
    `INSERT INTO "RequestLog" ("organizationId", "id", "environment", "simulated", "logMethod", "logType", "endpoint", "model",
       "stream", "status", "statusCode", "startedAt", "usageEstimated", "untouched", "alterations", "warnings",
       "attemptCount", "replyPreview", "costNanoUsd", "latencyMs")
     SELECT $1, id, 'production', FALSE, 'inference', 'chat', '/v1', $3, FALSE, 'success', 200, now(), FALSE, TRUE, '{}', '{}',
       1, $4, 1234567, 1500 FROM unnest($2::uuid[]) AS id`,
    [ctx.organizationId, ids, model, reply],
  );
}

async function exported(url: Record<string, string>, format: 'csv' | 'jsonl', who = ctx) {
  const { count, body } = await exportLogs(who, logFilters.parse({ environment: 'production', ...url }), format);
  return { count, text: await new Response(body).text() };
}

test('exactly the filtered rows, over several batches, each once and newest first', async () => {
  await write(1203, 'wanted');
  await write(40, 'other');
  const { count, text } = await exported({ model: 'wanted' }, 'jsonl');
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(count).toBe(1203);
  expect(rows).toHaveLength(1203);
  const ids = rows.map(({ unique_id }) => unique_id);
  expect(new Set(ids).size).toBe(1203);
  expect(ids).toEqual([...ids].sort().reverse());
  expect(rows[0]).toMatchObject({ model: 'wanted', cost: '0.001234567', latency: 1.5, output: 'Paris.' });
});

test('CSV has a heading, escapes, and no cell that a spreadsheet runs', async () => {
  await write(1, 'm', '=HYPERLINK("http://evil.example","click")');
  const { body } = await exportLogs(ctx, logFilters.parse({ environment: 'production' }), 'csv');
  const { value } = await body.getReader().read();
  expect([...(value ?? [])].slice(0, 3), 'spreadsheets read UTF-8 by its mark').toEqual([0xef, 0xbb, 0xbf]);
  const { text } = await exported({}, 'csv');
  const [head, row] = text.split('\r\n');
  expect(head).toMatch(/^unique_id,timestamp,/);
  expect(row).toContain(`"'=HYPERLINK(""http://evil.example"",""click"")"`);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-cmd|x', "'-cmd|x"],
  ['  =1', "'  =1"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ['-12.5', '-12.5'],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  [null, ''],
  [-3, '-3'],
])('the cell %j is written as %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test('batches are read as they are taken, and not after the receiver has left', async () => {
  await write(2100, 'm');
  const { body } = await exportLogs(ctx, logFilters.parse({ environment: 'production' }), 'jsonl');
  const reader = body.getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value).trimEnd().split('\n')).toHaveLength(500);
  await new Promise((done) => setTimeout(done, 100));
  // What is waiting is one batch: the rest would come up as missing if it were read ahead.
  await pool().query('DELETE FROM "RequestLog" WHERE "organizationId" = $1', [ctx.organizationId]);
  let rest = 0;
  for (;;) {
    const { done, value: more } = await reader.read();
    if (done) break;
    rest += new TextDecoder().decode(more).trimEnd().split('\n').length;
  }
  expect(rest).toBeLessThanOrEqual(500);
});

test('another organization exports nothing of it', async () => {
  await write(3, 'm');
  expect(await exported({}, 'jsonl', contextOf())).toEqual({ count: 0, text: '' });
});
