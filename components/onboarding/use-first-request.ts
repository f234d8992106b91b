'use client';

import { useEffect, useReducer, useRef } from 'react';
import { type MessageRequest, type StreamEvent, streamMessage } from './stream-message';

/** A request this page sends, as far as it has come. Times are milliseconds of the browser's clock. */
export interface FirstRequest {
  readonly phase: 'idle' | 'sending' | 'streaming' | 'finished' | 'failed';
  readonly logId: string | null;
  readonly text: string;
  readonly startedAtMs: number;
  readonly ttftMs: number | null;
  readonly latencyMs: number | null;
  readonly failure: string | null;
}

const IDLE: FirstRequest = {
  phase: 'idle',
  logId: null,
  text: '',
  startedAtMs: 0,
  ttftMs: null,
  latencyMs: null,
  failure: null,
};

export function useFirstRequest() {
  const [request, dispatch] = useReducer(advance, IDLE);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function send(message: MessageRequest) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    dispatch({ type: 'sent', atMs: performance.now() });
    for await (const event of streamMessage(message, controller.signal)) {
      if (controller.signal.aborted) return;
      dispatch({ ...event, atMs: performance.now() });
    }
  }
  return { request, send };
}

type Step = ({ readonly type: 'sent' } | StreamEvent) & { readonly atMs: number };

function advance(request: FirstRequest, step: Step): FirstRequest {
  const elapsedMs = step.atMs - request.startedAtMs;
  switch (step.type) {
    case 'sent':
      return { ...IDLE, phase: 'sending', startedAtMs: step.atMs };
    case 'opened':
      return { ...request, phase: 'streaming', logId: step.logId };
    case 'began':
      return { ...request, ttftMs: request.ttftMs ?? elapsedMs };
    case 'text':
      return { ...request, ttftMs: request.ttftMs ?? elapsedMs, text: request.text + step.text };
    case 'finished':
      return { ...request, phase: 'finished', latencyMs: elapsedMs };
    case 'failed':
      return { ...request, phase: 'failed', latencyMs: elapsedMs, failure: step.message, logId: step.logId };
  }
}
