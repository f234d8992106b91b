'use client';

import { Terminal } from 'lucide-react';
import type { LogDetail } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { useToast } from '../ui/toast';
import { curlOf } from './curl';

/** Copies the request as a curl command, its body whole also where the page shows only the beginning. */
export function CurlButton({ log }: { log: LogDetail }) {
  const toast = useToast();
  const { payload } = log;
  if (log.logMethod !== 'inference' || !payload?.request) return null;
  const shown = payload.request;
  async function copy() {
    const whole = (payload?.requestLength ?? shown.length) <= shown.length;
    const body = whole ? shown : await fetchBody(log.id);
    const copied = body !== null && (await copyText(curlOf(log, body, window.location.origin)));
    toast(
      copied
        ? { title: 'Copied as curl', description: 'Set RESPAN_API_KEY before you run it.' }
        : { title: 'The command could not be copied', tone: 'danger' },
    );
  }
  return (
    <Button size="sm" onClick={copy}>
      <Terminal aria-hidden />
      Copy as curl
    </Button>
  );
}

async function fetchBody(id: string): Promise<string | null> {
  const response = await fetch(`/api/dashboard/logs/${id}/payload?part=request`).catch(() => null);
  return response?.ok ? response.text() : null;
}
