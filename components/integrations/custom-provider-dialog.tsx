'use client';

import { Plus } from 'lucide-react';
import { useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { PasswordInput } from '@/components/ui/password-input';
import { Textarea } from '@/components/ui/textarea';
import { useToast } from '@/components/ui/toast';
import type { CustomProviderInput, CustomProviderView, SavedCustomProvider } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';

type Save = (values: CustomProviderInput) => Promise<ActionResult<SavedCustomProvider>>;

/** The last card of the providers: for any server that speaks OpenAI's language. */
export function AddCustomProvider({ add }: { add: IntegrationActions['addProvider'] }) {
  const [open, setOpen] = useState(false);
  return (
    <Card aria-label="Custom provider">
      <CardHeader
        title="Custom provider"
        description="Any server with an OpenAI-compatible API: Groq, Mistral, OpenRouter, vLLM, Ollama and others."
        actions={
          <Button onClick={() => setOpen(true)}>
            <Plus aria-hidden />
            Add custom provider
          </Button>
        }
      />
      <CustomProviderDialog custom={null} open={open} onOpenChange={setOpen} save={add} />
    </Card>
  );
}

interface CustomProviderDialogProps {
  /** Null for a new one. */
  custom: CustomProviderView | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  save: Save;
}

export function CustomProviderDialog({ custom, open, onOpenChange, save }: CustomProviderDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={custom ? `Edit ${custom.name}` : 'Add custom provider'}>
        <CustomProviderForm custom={custom} save={save} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CustomProviderForm({
  custom,
  save,
  onDone,
}: { onDone: () => void } & Pick<CustomProviderDialogProps, 'custom' | 'save'>) {
  const [name, setName] = useState(custom?.name ?? '');
  const [baseUrl, setBaseUrl] = useState(custom?.baseUrl ?? '');
  const [models, setModels] = useState(custom?.models.join('\n') ?? '');
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const error = (field: string) =>
    Object.entries(refusal?.fields ?? {}).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1];
  const submit = () =>
    startTransition(async () => {
      const listed = models.split(/[\n,]/).map((model) => model.trim());
      const result = await save({
        name,
        baseUrl,
        models: listed.filter(Boolean),
        ...(secret.trim() && { secret }),
      });
      if (!result.ok) return setRefusal(result);
      const { provider, warning } = result.data;
      if (warning) toast({ title: `${provider.name} was saved without a check`, description: warning });
      else toast({ title: `${provider.name} was saved`, description: `Call its models as ${provider.slug}/model.` });
      onDone();
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label="Name"
        error={error('name')}
        hint={custom ? undefined : 'Its id is made from the name and never changes.'}
      >
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={40} autoComplete="off" />
      </Field>
      <Field
        label="Base URL"
        error={error('baseUrl')}
        hint="What the OpenAI SDK would be given, mostly with /v1 at its end."
      >
        <Input
          value={baseUrl}
          onChange={(event) => setBaseUrl(event.target.value)}
          placeholder="https://api.example.com/v1"
          inputMode="url"
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      <Field
        label="API key"
        error={error('secret')}
        optional={custom !== null}
        hint={
          custom
            ? 'Leave it empty to keep the stored keys. A key given here replaces them all.'
            : 'Stored encrypted. Where the server asks for none, enter any word.'
        }
      >
        <PasswordInput
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      <Field
        label="Models"
        optional
        error={error('models')}
        hint="One a line. These are also called by name alone, and come before other providers' models of the same name."
      >
        <Textarea
          value={models}
          onChange={(event) => setModels(event.target.value)}
          spellCheck={false}
          className="font-mono text-xs"
        />
      </Field>
      {refusal && Object.keys(refusal.fields).length === 0 && <Notice tone="danger">{refusal.message}</Notice>}
      <DialogFooter className="mt-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          {custom ? 'Verify and save' : 'Verify and add'}
        </Button>
      </DialogFooter>
    </form>
  );
}
