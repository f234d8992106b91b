import { CircleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { FieldsProps } from './condition-fields';

interface ChannelFieldsProps extends FieldsProps {
  canEmail: boolean;
  /** Of the address that is stored; null where there is none. */
  slackUrlHint: string | null;
}

/** Whom to tell. */
export function ChannelFields({ input, onChange, fields, canEmail, slackUrlHint }: ChannelFieldsProps) {
  const badEmail = Object.entries(fields).find(([name]) => name === 'emails' || name.startsWith('emails.'))?.[1];
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium text-muted-foreground text-xs">Whom to tell</legend>
      {canEmail || input.emails !== '' ? (
        <Field label="Email" optional error={badEmail} hint="Addresses, separated by commas.">
          <Input
            value={input.emails}
            onChange={(event) => onChange({ emails: event.target.value })}
            placeholder="ops@example.com"
            autoComplete="off"
          />
        </Field>
      ) : (
        <p className="text-muted-foreground text-xs">
          Email is not offered: this installation has no mail server. Its operator can name one with{' '}
          <code className="font-mono">SMTP_URL</code>.
        </p>
      )}
      {input.keepSlack ? (
        <Field label="Slack" hint="The address is stored sealed and not shown again.">
          <div className="flex items-center justify-between gap-2 rounded-md border bg-muted py-0.5 pr-0.5 pl-2.5">
            <span className="figures min-w-0 truncate text-xs">{slackUrlHint}</span>
            <Button size="sm" variant="ghost" onClick={() => onChange({ keepSlack: false })}>
              Remove
            </Button>
          </div>
        </Field>
      ) : (
        <Field
          label="Slack"
          optional
          hint="The URL of an incoming webhook, of Slack or anything that takes its messages."
          error={fields.slackUrl}
        >
          <Input
            value={input.slackUrl}
            onChange={(event) => onChange({ slackUrl: event.target.value })}
            placeholder="https://hooks.slack.com/services/…"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
      <Field
        label="Webhook"
        optional
        hint="Receives JSON, signed in x-respan-signature with the alert's own secret."
        error={fields.webhookUrl}
      >
        <Input
          value={input.webhookUrl}
          onChange={(event) => onChange({ webhookUrl: event.target.value })}
          placeholder="https://example.com/hooks/respan"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      {fields.channels && (
        <p role="alert" className="flex gap-1.5 text-danger text-xs">
          <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          {fields.channels}
        </p>
      )}
    </fieldset>
  );
}
