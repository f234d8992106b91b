import { GitFork, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Select } from '../ui/select';
import { AttachButton } from './attach-button';
import { BlockList } from './block-list';
import { type DraftMessage, textBlock } from './draft';

interface MessageCardProps {
  message: DraftMessage;
  /** From 1. */
  position: number;
  isLast: boolean;
  onChange: (message: DraftMessage) => void;
  onFork: () => void;
  /** Null for the only one. */
  onRemove: (() => void) | null;
}

const ROLES = [
  { value: 'user', label: 'User' },
  { value: 'assistant', label: 'Assistant' },
] as const;

/** One message, as it can be edited. */
export function MessageCard({ message, position, isLast, onChange, onFork, onRemove }: MessageCardProps) {
  const { role, blocks } = message;
  const name = `${role === 'user' ? 'User' : 'Assistant'} message ${position}`;
  return (
    <Card aria-label={name} className="p-3">
      <div className="mb-2 flex items-center gap-1">
        <Select
          size="sm"
          aria-label={`Role of message ${position}`}
          className="mr-auto"
          options={ROLES}
          value={role}
          onValueChange={(next) => onChange({ ...message, role: next })}
        />
        {role === 'user' && (
          <AttachButton
            label={`Attach to message ${position}`}
            onAttach={(added) => onChange({ ...message, blocks: [...added, ...blocks] })}
          />
        )}
        <IconButton
          label={`Add a text to message ${position}`}
          onClick={() => onChange({ ...message, blocks: [...blocks, textBlock()] })}
        >
          <Plus aria-hidden />
        </IconButton>
        {!isLast && (
          <IconButton
            label={`Fork at message ${position}`}
            title="Go on from here: drops the messages after this one"
            onClick={onFork}
          >
            <GitFork aria-hidden />
          </IconButton>
        )}
        {onRemove && (
          <IconButton label={`Remove message ${position}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <BlockList
        label={name}
        blocks={blocks}
        placeholder={role === 'user' ? 'What to ask' : 'What the model said, or how its answer should begin'}
        onChange={(next) => onChange({ ...message, blocks: next })}
      />
    </Card>
  );
}

interface IconButtonProps {
  label: string;
  title?: string;
  onClick: () => void;
  children: ReactNode;
}

function IconButton({ label, title, onClick, children }: IconButtonProps) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      title={title ?? label}
      onClick={onClick}
      className="text-muted-foreground"
    >
      {children}
    </Button>
  );
}
