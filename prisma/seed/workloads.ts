/** What the demo organization uses models for: who calls, how, how much, and what it says. */
export interface Workload {
  readonly key: string;
  readonly environment: 'production' | 'test';
  readonly simulated: boolean;
  /** Share of all requests. */
  readonly weight: number;
  /** How much of the day and week it follows people: 1 sleeps at night, 0 never does. */
  readonly human: number;
  readonly stream: boolean;
  readonly endpoint: string;
  readonly logMethod: 'inference' | 'logging_api';
  readonly models: readonly [Share, ...Share[]];
  /** Tokens of the system prompt and tools, which are cached. */
  readonly prefixTokens: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly thinks: boolean;
  readonly system: string;
  readonly turns: readonly [Turn, ...Turn[]];
  readonly customers: number;
}

interface Share {
  readonly model: string;
  readonly weight: number;
  /** Days before now when it was switched on, or off. */
  readonly sinceDays?: number;
  readonly untilDays?: number;
}

interface Turn {
  readonly prompt: string;
  readonly reply: string;
  readonly tool?: { readonly name: string; readonly input: Record<string, unknown>; readonly result: string };
}

const MESSAGES = '/api/anthropic/v1/messages';

export const WORKLOADS: readonly [Workload, ...Workload[]] = [
  {
    key: 'prod-web',
    environment: 'production',
    simulated: false,
    weight: 46,
    human: 0.85,
    stream: true,
    endpoint: MESSAGES,
    logMethod: 'inference',
    models: [
      { model: 'claude-sonnet-5-5', weight: 70, sinceDays: 19 },
      { model: 'claude-sonnet-4-6', weight: 70, untilDays: 19 },
      { model: 'claude-opus-5-5', weight: 22 },
    ],
    prefixTokens: 5200,
    inputTokens: 640,
    outputTokens: 380,
    thinks: true,
    system: 'You help the customers of a bicycle shop. Be brief, friendly and exact. Never promise a delivery date.',
    customers: 240,
    turns: [
      {
        prompt: 'My order 58213 says delivered but nothing is here. What now?',
        reply:
          'I am sorry about that. Parcels marked delivered are sometimes with a neighbour or in a parcel locker. I have opened a search with the carrier; you will hear from us within two working days.',
        tool: {
          name: 'find_order',
          input: { order: 58213 },
          result: '{"status":"delivered","carrier":"DHL","signed_by":null}',
        },
      },
      {
        prompt: 'Does the Kestrel 3 come in a 58 cm frame?',
        reply:
          'Yes. The Kestrel 3 is made in 52, 54, 56 and 58 cm. The 58 cm frame fits riders between 185 and 193 cm.',
      },
      {
        prompt: 'How do I adjust the rear derailleur? It jumps between the 4th and 5th gear.',
        reply:
          'Shift to the smallest cog, then turn the barrel adjuster a quarter turn counter-clockwise and try again.\n\n1. If it still jumps, repeat by an eighth of a turn.\n2. If it gets worse, turn back.\n3. If nothing helps, the hanger may be bent: a shop can straighten it in ten minutes.',
      },
      {
        prompt: 'Can I return shoes I wore outside once?',
        reply:
          'Worn shoes can be exchanged for another size within 30 days, but not refunded. Shall I start an exchange for you?',
      },
      {
        prompt: 'Übersetze die Garantiebedingungen ins Deutsche, bitte kurz.',
        reply:
          'Fünf Jahre auf den Rahmen, zwei Jahre auf alle anderen Teile. Verschleißteile sind ausgenommen. Die Garantie gilt für den ersten Besitzer und setzt eine jährliche Wartung voraus.',
      },
    ],
  },
  {
    key: 'support-triage',
    environment: 'production',
    simulated: false,
    weight: 27,
    human: 0.6,
    stream: false,
    endpoint: '/api/chat/completions',
    logMethod: 'inference',
    models: [
      { model: 'claude-haiku-5-5', weight: 82 },
      { model: 'claude-haiku-4-5', weight: 18, untilDays: 8 },
    ],
    prefixTokens: 1400,
    inputTokens: 420,
    outputTokens: 46,
    thinks: false,
    system: 'Sort the message into one of: order, return, repair, invoice, other. Answer with JSON only.',
    customers: 0,
    turns: [
      {
        prompt: 'hi, invoice 2291 has the wrong VAT number on it, can you send a new one?? thanks',
        reply: '{"category":"invoice","urgent":false,"language":"en"}',
      },
      {
        prompt: 'The brakes failed on my way down this morning. I want someone to call me TODAY.',
        reply: '{"category":"repair","urgent":true,"language":"en"}',
      },
      {
        prompt: 'Bonjour, puis-je changer l’adresse de livraison de ma commande 58301 ?',
        reply: '{"category":"order","urgent":false,"language":"fr"}',
      },
    ],
  },
  {
    key: 'nightly-batch',
    environment: 'production',
    simulated: false,
    weight: 15,
    human: -0.9,
    stream: false,
    endpoint: MESSAGES,
    logMethod: 'inference',
    models: [
      { model: 'claude-opus-5-5', weight: 30 },
      { model: 'claude-sonnet-5-5', weight: 40 },
      { model: 'claude-fable-5-2', weight: 12, sinceDays: 11 },
    ],
    prefixTokens: 900,
    inputTokens: 9400,
    outputTokens: 900,
    thinks: true,
    system:
      'Summarise the reviews of one product for the people who build it. Name what is praised, what breaks, and since when.',
    customers: 0,
    turns: [
      {
        prompt: 'Reviews of the Kestrel 3, week 46 (214 reviews) …',
        reply:
          'Praised: the frame (81 mentions), the saddle (34).\nBreaks: the rear light loses contact in rain (19 mentions, all since week 43, all with the new clip).\nNew: four riders report a creak from the bottom bracket after about 300 km.',
      },
      {
        prompt: 'Reviews of the City Step, week 46 (88 reviews) …',
        reply:
          'Praised: easy step-through, the basket.\nBreaks: kickstand bolts come loose (7 mentions, steady since week 30).\nNothing new this week.',
      },
    ],
  },
  {
    key: 'warehouse-agent',
    environment: 'production',
    simulated: false,
    weight: 7,
    human: 0.4,
    stream: true,
    endpoint: '/api/request-logs/create/',
    logMethod: 'logging_api',
    models: [
      { model: 'claude-sonnet-5', weight: 60 },
      { model: 'acme-finetune-7b', weight: 12 },
    ],
    prefixTokens: 2600,
    inputTokens: 800,
    outputTokens: 210,
    thinks: false,
    system: 'Plan the picking route for the orders below. Shortest walk first.',
    customers: 12,
    turns: [
      {
        prompt: 'Orders 58411, 58412, 58420. Start at gate B.',
        reply: 'Gate B → A12 (58411, 58420) → C03 (58412) → packing. 142 m.',
      },
    ],
  },
  {
    key: 'dev-laptop',
    environment: 'test',
    simulated: true,
    weight: 5,
    human: 1,
    stream: true,
    endpoint: MESSAGES,
    logMethod: 'inference',
    models: [
      { model: 'claude-sonnet-5-5', weight: 60 },
      { model: 'claude-haiku-5-5', weight: 40 },
    ],
    prefixTokens: 0,
    inputTokens: 60,
    outputTokens: 120,
    thinks: false,
    system: '',
    customers: 0,
    turns: [
      { prompt: 'Say hello in three languages.', reply: 'Hello. Hallo. Bonjour.' },
      { prompt: 'Does streaming work?', reply: 'It does: this came piece by piece.' },
    ],
  },
];
