import { ArrowRight, CornerDownRight, X } from 'lucide-react';
import Link from 'next/link';
import type { PlaygroundModel } from '@/lib/playground/schema';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { CopyButton } from '../ui/copy-button';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { AnswerView } from './answer-view';
import { isRunning, type Run } from './run';
import { RunFigures } from './run-figures';

interface OutputPaneProps {
  /** From 1. */
  position: number;
  model: string;
  models: readonly PlaygroundModel[];
  run: Run;
  onModel: (model: string) => void;
  /** Null for the only one. */
  onRemove: (() => void) | null;
  onGoOn: () => void;
}

/** One model, its answer and what it took. */
export function OutputPane({ position, model, models, run, onModel, onRemove, onGoOn }: OutputPaneProps) {
  const ids = models.map(({ id }) => id);
  const options = (ids.includes(model) ? ids : [model, ...ids]).map((id) => ({ value: id, label: id }));
  return (
    <Card aria-label={`Answer ${position}`} className="flex min-h-64 min-w-0 flex-col">
      <div className="flex items-center gap-1 p-3 pb-2">
        <Select
          size="sm"
          aria-label={`Model ${position}`}
          className="min-w-0"
          options={options}
          value={model}
          onValueChange={onModel}
        />
        <span aria-live="polite" className="ml-auto shrink-0 text-muted-foreground text-xs">
          {PHASES[run.phase]}
        </span>
        {onRemove && (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove model ${position}`}
            title="Remove"
            onClick={onRemove}
            className="text-muted-foreground"
          >
            <X aria-hidden />
          </Button>
        )}
      </div>
      <div className="flex flex-1 flex-col gap-3 px-3 pb-3">
        <AnswerView run={run} />
        {run.failure && <Notice tone="danger">{run.failure}</Notice>}
      </div>
      {run.phase !== 'idle' && (
        <footer className="border-t p-3">
          <RunFigures run={run} />
          {!isRunning(run) && <After run={run} onGoOn={onGoOn} />}
        </footer>
      )}
    </Card>
  );
}

const PHASES: Readonly<Record<Run['phase'], string>> = {
  idle: '',
  sending: 'Sent',
  streaming: 'Answering',
  finished: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
};

/** What can be done with an answer. */
function After({ run, onGoOn }: { run: Run; onGoOn: () => void }) {
  const said = run.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n');
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {run.logId && (
        <Button asChild size="sm">
          <Link href={`/logs/${run.logId}`} prefetch={false}>
            Open its log
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      )}
      {run.blocks.length > 0 && run.phase !== 'failed' && (
        <Button size="sm" onClick={onGoOn} title="Take this answer into the conversation">
          <CornerDownRight aria-hidden />
          Continue
        </Button>
      )}
      {said !== '' && <CopyButton value={said} label="Copy" size="sm" variant="secondary" />}
    </div>
  );
}
