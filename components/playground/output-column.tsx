import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { PlaygroundModel } from '@/lib/playground/schema';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { OutputPane } from './output-pane';
import { NO_RUN } from './run';
import type { WorkbenchState } from './use-workbench';

interface OutputColumnProps {
  bench: WorkbenchState;
  models: readonly PlaygroundModel[];
}

/** The answers of one to four models to the same input. */
export function OutputColumn({ bench, models }: OutputColumnProps) {
  const chosen = bench.draft.models;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the answer would begin out of sight.
    if (bench.running) section.current?.scrollIntoView({ block: 'nearest' });
  }, [bench.running]);
  const goOn = (place: number) => {
    bench.goOn(place);
    // The field to go on in is the last one of the conversation, once it is there.
    requestAnimationFrame(() => {
      const cards = document.querySelectorAll<HTMLElement>('section[aria-label^="User message"]');
      cards
        .item(cards.length - 1)
        ?.querySelector('textarea')
        ?.focus();
    });
  };
  return (
    <section ref={section} aria-label="Answers" className="flex scroll-m-20 flex-col gap-3">
      <div className={cn('grid gap-3', chosen.length > 1 && 'grid-cols-2 max-sm:grid-cols-[minmax(0,1fr)]')}>
        {chosen.map((model, place) => (
          <OutputPane
            // biome-ignore lint/suspicious/noArrayIndexKey: a place beside the others is what a pane is; models may be the same.
            key={place}
            position={place + 1}
            model={model}
            models={models}
            run={bench.runs[place] ?? NO_RUN}
            onModel={(next) => bench.chooseModel(place, next)}
            onRemove={chosen.length > 1 ? () => bench.removeModel(place) : null}
            onGoOn={() => goOn(place)}
          />
        ))}
      </div>
      {bench.addModel && (
        <Button size="sm" className="self-start" disabled={bench.running} onClick={bench.addModel}>
          <Plus aria-hidden />
          Compare with another model
        </Button>
      )}
    </section>
  );
}
