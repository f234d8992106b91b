import type { Conversation, LogDetail, Turn } from '@/lib/logs/schema';
import { CodeBlock } from '../ui/code-block';
import { EmptyState } from '../ui/empty-state';
import { BlockView } from './block-view';

interface ConversationViewProps {
  log: LogDetail;
  conversation: Conversation;
}

/** A request and its answer, turn by turn. */
export function ConversationView({ log, conversation }: ConversationViewProps) {
  const { prompt, reply, tools, cut, omittedTurns, raw } = conversation;
  if (prompt.length + reply.length + raw.length === 0) return <NothingKept log={log} />;
  const calls = callsIn([...prompt, ...reply]);
  return (
    <div className="flex flex-col gap-3">
      {tools.length > 0 && <Tools tools={tools} />}
      {omittedTurns > 0 && (
        <p className="text-muted-foreground text-xs">
          {omittedTurns} earlier {omittedTurns === 1 ? 'turn is' : 'turns are'} not shown. The raw request has them.
        </p>
      )}
      {keyed(prompt).map(({ key, turn }) => (
        <TurnView key={key} turn={turn} calls={calls} />
      ))}
      {keyed(reply).map(({ key, turn }) => (
        <TurnView key={key} turn={turn} calls={calls} isReply />
      ))}
      {cut && <p className="text-muted-foreground text-xs">The stream stopped here, before its end.</p>}
      {raw.map(({ part, text }) => (
        <div key={part}>
          <p className="mb-1 text-muted-foreground text-xs">The {part}, as it is: it is in no known shape.</p>
          <CodeBlock code={text.slice(0, 20_000)} wrap />
        </div>
      ))}
    </div>
  );
}

/** Turns have no names; their place in the conversation is what they are known by. */
function keyed(turns: readonly Turn[]) {
  return turns.map((turn, index) => ({ turn, key: `${index} ${turn.role}` }));
}

/** Names of tools by the id of their call, so that a result says what it is the result of. */
export function callsIn(turns: readonly Turn[]): ReadonlyMap<string, string> {
  const blocks = turns.flatMap((turn) => turn.blocks);
  return new Map(blocks.flatMap((block) => (block.type === 'tool_use' && block.id ? [[block.id, block.name]] : [])));
}

interface TurnViewProps {
  turn: Turn;
  calls: ReadonlyMap<string, string>;
  isReply?: boolean;
}

export function TurnView({ turn, calls, isReply = false }: TurnViewProps) {
  return (
    <article className={isReply ? 'rounded-lg border border-accent-border bg-card' : 'rounded-lg border bg-card'}>
      <h3 className="flex items-center justify-between px-4 pt-2.5 text-muted-foreground text-xs">
        <span className="font-medium first-letter:uppercase">{turn.role}</span>
        {isReply && turn.role !== 'error' && <span className="text-accent">Reply</span>}
      </h3>
      <div className="flex flex-col gap-2 px-4 pt-1 pb-3">
        {turn.blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move, and have nothing else to be told apart by.
          <BlockView key={index} block={block} calls={calls} markdown={turn.role === 'assistant'} />
        ))}
      </div>
    </article>
  );
}

function Tools({ tools }: { tools: Conversation['tools'] }) {
  return (
    <details className="rounded-lg border bg-card px-4 py-2 text-xs">
      <summary className="text-muted-foreground">
        {tools.length} {tools.length === 1 ? 'tool' : 'tools'} offered: {tools.map(({ name }) => name).join(', ')}
      </summary>
      <dl className="mt-2 flex flex-col gap-1">
        {tools.map(({ name, description }) => (
          <div key={name}>
            <dt className="inline font-mono">{name}</dt> <dd className="inline text-muted-foreground">{description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function NothingKept({ log }: { log: LogDetail }) {
  const why =
    log.status === 'interrupted'
      ? 'The server stopped before the bodies of this request could be kept.'
      : 'Its bodies were not sent, were switched off with disable_log, or are past their retention. The figures stay.';
  return <EmptyState title="No conversation is kept for this request">{why}</EmptyState>;
}
