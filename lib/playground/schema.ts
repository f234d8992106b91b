import { z } from 'zod';

/** Which of the gateway's two languages a model is spoken to in: Anthropic's Messages, or OpenAI's chat completions. */
export const WIRE_FORMATS = ['messages', 'chat'] as const;
export type WireFormat = (typeof WIRE_FORMATS)[number];

/** A model that can be chosen. */
export interface PlaygroundModel {
  readonly id: string;
  readonly providerName: string;
  readonly format: WireFormat;
  /** Of a provider that the organization added itself. */
  readonly custom: boolean;
}

/** At most this much of a request: what the gateway takes, less room for what it adds. */
export const MAX_RUN_CHARACTERS = 24_000_000;

/** A run as the browser asks for it. The body goes on as it came; the provider judges the rest of it. */
export const runRequest = z.object({
  format: z.enum(WIRE_FORMATS),
  body: z
    .string()
    .max(MAX_RUN_CHARACTERS, 'The request is too large. Remove an image or a document.')
    .refine(isRequest, 'The request must name a model and have messages.'),
});
export type RunRequest = z.infer<typeof runRequest>;

const named = z.object({ model: z.string().min(1), messages: z.array(z.unknown()) });

function isRequest(body: string): boolean {
  try {
    return named.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}

/** What every playground log has in its metadata. */
export const PLAYGROUND_METADATA = { source: 'playground' } as const;
