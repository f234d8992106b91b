/** What of a Messages request the provider's prompt cache goes by, in the order it is read: tools, system, messages. */

export type Lifetime = '5m' | '1h';
export type Section = 'tools' | 'system' | 'messages';

export interface Position {
  readonly section: Section;
  /** As the provider's own errors name it: messages.3.content.0. */
  readonly path: string;
  /** The block as it was sent, without its breakpoint. */
  readonly text: string;
  readonly breakpoint: Lifetime | null;
}

export interface Prefix {
  readonly positions: readonly Position[];
  /** What else tells caches apart, by name; a difference loses the messages, or everything. */
  readonly settings: Readonly<Record<'speed' | 'tool_choice' | 'thinking' | 'effort', string>>;
}

type Json = Readonly<Record<string, unknown>>;

/** @returns null for what is no Messages request */
export function prefixOf(request: string | null): Prefix | null {
  const body = parse(request);
  if (!body || !Array.isArray(body.messages)) return null;
  const positions = [
    ...blocks(body.tools).map((tool, n) => position('tools', `tools.${n}`, tool)),
    ...blocks(body.system).map((block, n) => position('system', `system.${n}`, block)),
    ...body.messages.flatMap((message, n) => (isJson(message) ? messagePositions(message, n) : [])),
  ];
  return { positions: withAutomatic(positions, body.cache_control), settings: settingsOf(body) };
}

function messagePositions(message: Json, n: number): Position[] {
  const role = typeof message.role === 'string' ? message.role : 'unknown';
  return blocks(message.content).map((block, at) =>
    position('messages', `messages.${n}.content.${at}`, block, `${role}: `),
  );
}

function position(section: Section, path: string, block: Json, before = ''): Position {
  const { cache_control: control, ...rest } = block;
  return { section, path, text: before + JSON.stringify(rest), breakpoint: lifetimeOf(control) };
}

function lifetimeOf(control: unknown): Lifetime | null {
  if (!isJson(control)) return null;
  return control.ttl === '1h' ? '1h' : '5m';
}

/** A breakpoint of the whole request stands at its last block. */
function withAutomatic(positions: readonly Position[], control: unknown): readonly Position[] {
  const lifetime = lifetimeOf(control);
  const last = positions.at(-1);
  if (!lifetime || !last || last.breakpoint) return positions;
  return [...positions.slice(0, -1), { ...last, breakpoint: lifetime }];
}

function settingsOf(body: Json): Prefix['settings'] {
  const output = isJson(body.output_config) ? body.output_config : {};
  return {
    speed: typeof body.speed === 'string' ? body.speed : 'standard',
    tool_choice: JSON.stringify(body.tool_choice ?? { type: 'auto' }),
    thinking: JSON.stringify(body.thinking ?? null),
    effort: JSON.stringify(output.effort ?? null),
  };
}

/** Blocks, where a text stands for one. */
function blocks(value: unknown): Json[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function parse(request: string | null): Json | null {
  if (request === null) return null;
  try {
    const body: unknown = JSON.parse(request);
    return isJson(body) ? body : null;
  } catch {
    return null;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
