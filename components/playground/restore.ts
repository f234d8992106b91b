import { z } from 'zod';
import { splitEvents } from '../ui/split-events';
import { type Answer, answerFrom, NO_ANSWER, withEvent } from './answer';
import { blocksFrom, chatBlocks } from './content';
import {
  type Draft,
  type DraftBlock,
  type DraftMessage,
  EFFORTS,
  emptyDraft,
  newMessage,
  THINKING_MODES,
} from './draft';

/** A logged request as a draft that makes it again. What has no field of its own goes under other parameters. @returns null where it is in no known shape */
export function draftFrom(request: string, fallbackModel: string): Draft | null {
  const parsed = requestSchema.safeParse(readJson(request));
  if (!parsed.success) return null;
  const { model, system, messages, prompt_messages, tools, thinking, output_config, response_format, ...rest } =
    parsed.data;
  const turns = messages ?? prompt_messages;
  if (!turns) return null;
  const empty = emptyDraft(model ?? fallbackModel);
  const { max_tokens, max_completion_tokens, temperature, top_p, stop_sequences, stop, reasoning_effort, ...other } =
    rest;
  for (const name of NOT_RESTORED) delete other[name];
  const stops = stop_sequences ?? (typeof stop === 'string' ? [stop] : stop) ?? [];
  const mode = THINKING_MODES.find((known) => known === thinking?.type);
  const effort = EFFORTS.find((known) => known === (output_config?.effort ?? reasoning_effort));
  const schema = output_config?.format?.schema ?? response_format?.json_schema?.schema;
  if (thinking && !mode) other.thinking = thinking;
  if (response_format && !schema) other.response_format = response_format;
  const systemBlocks = [...blocksFrom(system), ...turns.filter(isSystem).flatMap(chatBlocks)];
  return {
    ...empty,
    system: systemBlocks.length > 0 ? systemBlocks : empty.system,
    messages: merged(turns.filter((turn) => !isSystem(turn)).map(messageFrom)),
    settings: {
      ...empty.settings,
      maxTokens: typed(max_tokens ?? max_completion_tokens) || empty.settings.maxTokens,
      temperature: typed(temperature),
      topP: typed(top_p),
      stop: stops.join('\n'),
      thinking: mode ?? 'default',
      thinkingTokens: typed(thinking?.budget_tokens) || empty.settings.thinkingTokens,
      effort: effort ?? 'default',
      other: Object.keys(other).length > 0 ? JSON.stringify(other, null, 2) : '',
    },
    tools: tools && tools.length > 0 ? JSON.stringify(tools, null, 2) : '',
    outputSchema: schema ? JSON.stringify(schema, null, 2) : '',
  };
}

/** A logged answer, JSON or the event stream as it went over the wire. */
export async function answerFromLog(response: string): Promise<Answer> {
  const json = readJson(response);
  if (json !== null) return answerFrom(json);
  let answer = NO_ANSWER;
  const bytes = new Blob([response]).stream();
  for await (const data of splitEvents(bytes)) answer = withEvent(answer, data);
  return answer;
}

/** The request is made anew: what belongs to the one call, or is set by the playground itself, is not brought back. */
const NOT_RESTORED = ['stream', 'stream_options', 'metadata', 'prompt', 'input', 'output', 'completion_message'];

const turn = z.looseObject({ role: z.string(), content: z.unknown().optional() });
const number = z.number().nullish();

const requestSchema = z
  .looseObject({
    model: z.string().optional(),
    system: z.unknown().optional(),
    messages: z.array(turn).optional(),
    /** As the logging API has it. */
    prompt_messages: z.array(turn).optional(),
    max_tokens: number,
    max_completion_tokens: number,
    temperature: number,
    top_p: number,
    stop_sequences: z.array(z.string()).nullish(),
    stop: z.union([z.string(), z.array(z.string())]).nullish(),
    thinking: z.looseObject({ type: z.string(), budget_tokens: number }).nullish(),
    output_config: z
      .looseObject({ effort: z.string().nullish(), format: z.looseObject({ schema: z.unknown() }).nullish() })
      .nullish(),
    reasoning_effort: z.string().nullish(),
    response_format: z.looseObject({ json_schema: z.looseObject({ schema: z.unknown() }).optional() }).nullish(),
    tools: z.array(z.unknown()).nullish(),
  })
  .transform((body): typeof body & Record<string, unknown> => body);

function isSystem({ role }: z.infer<typeof turn>): boolean {
  return role === 'system' || role === 'developer';
}

function messageFrom(given: z.infer<typeof turn>): DraftMessage {
  const isChat = given.role === 'tool' || Array.isArray(given.tool_calls);
  const blocks: DraftBlock[] = isChat ? chatBlocks(given) : blocksFrom(given.content);
  return newMessage(given.role === 'assistant' ? 'assistant' : 'user', blocks);
}

/** OpenAI's results of tools are messages of their own; here they are one message with what follows them. */
function merged(messages: readonly DraftMessage[]): DraftMessage[] {
  const done: DraftMessage[] = [];
  for (const message of messages) {
    const last = done.at(-1);
    const follows = last?.role === 'user' && last.blocks.every(({ type }) => type === 'tool_result');
    if (last && follows && message.role === 'user') last.blocks.push(...message.blocks);
    else done.push({ ...message, blocks: [...message.blocks] });
  }
  return done;
}

function typed(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
