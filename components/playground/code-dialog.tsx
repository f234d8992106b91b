'use client';

import { Code } from 'lucide-react';
import { useState } from 'react';
import type { PlaygroundModel } from '@/lib/playground/schema';
import { SnippetSet } from '../snippets/snippet-tabs';
import { Button } from '../ui/button';
import { Dialog, DialogContent, DialogTrigger } from '../ui/dialog';
import { Field } from '../ui/field';
import { Select } from '../ui/select';
import { codeFor } from './code';
import type { Draft } from './draft';

interface CodeDialogProps {
  draft: Draft;
  models: readonly PlaygroundModel[];
  origin: string;
}

/** The run as a program would make it. */
export function CodeDialog({ draft, models, origin }: CodeDialogProps) {
  const ids = [...new Set(models.map(({ id }) => id))];
  const [chosen, setChosen] = useState<string | null>(null);
  const model = models.find(({ id }) => id === chosen) ?? models[0];
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>
          <Code aria-hidden />
          View code
        </Button>
      </DialogTrigger>
      <DialogContent
        title="The same call from your code"
        description="With the variables filled in. Put your API key where it says YOUR_RESPAN_KEY."
        className="max-w-[760px]"
      >
        {model && (
          <div className="flex flex-col gap-4">
            {ids.length > 1 && (
              <Field label="Model">
                <Select
                  value={model.id}
                  options={ids.map((id) => ({ value: id, label: id }))}
                  onValueChange={setChosen}
                />
              </Field>
            )}
            <SnippetSet snippets={codeFor(draft, model, origin)} />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
