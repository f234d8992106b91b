import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false', 'on', 'off']).transform((value) => ['1', 'true', 'on'].includes(value));
const optional = z.string().min(1).optional();
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: url.optional(),
  /** Server processes on the one port. */
  WORKERS: z.coerce.number().int().min(1).max(64).default(1),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits: openssl rand -hex 32')
    .optional(),
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters: openssl rand -hex 32').optional(),
  DATA_DIR: z.string().default('.data'),
  ANTHROPIC_BASE_URL: url.default('https://api.anthropic.com'),
  ANTHROPIC_API_KEY: optional,
  OPENAI_BASE_URL: url.default('https://api.openai.com/v1'),
  OPENAI_API_KEY: optional,
  /** Dollars of credits that a new account begins with. */
  SIGNUP_CREDIT_USD: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,9})?$/, 'must be an amount in dollars, such as 5 or 2.50')
    .optional(),
  /** With both secrets people buy credits. */
  STRIPE_SECRET_KEY: optional,
  STRIPE_WEBHOOK_SECRET: optional,
  STRIPE_API_URL: url.default('https://api.stripe.com'),
  /** For one attempt at a provider in all. A timer holds no more than 2^31 - 1 milliseconds. */
  UPSTREAM_TOTAL_TIMEOUT_MS: z.coerce.number().int().min(1000).max(2_147_483_647).default(3_600_000),
  ALLOW_PRIVATE_UPSTREAMS: flag.default(false),
  /** Days; 0 keeps them for good. */
  LOG_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(400),
  PAYLOAD_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  /** Alerts by email are offered where it is set. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s]+$/, 'must begin with smtp:// or smtps://')
    .optional(),
  SMTP_FROM: z
    .string()
    .regex(/@/, 'must be an email address, or a name with one: Respan <alerts@example.com>')
    .optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters: openssl rand -hex 16').optional(),
  SIMULATOR: flag.optional(),
  /** Set by the server itself once the simulator listens. */
  SIMULATOR_URL: url.optional(),
  RESPAN_INIT_EMAIL: z.email().optional(),
  RESPAN_INIT_PASSWORD: optional,
  RESPAN_INIT_ORGANIZATION: optional,
  RESPAN_INIT_API_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/, 'must be 8 letters or digits, a point, and 32 more')
    .optional(),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * The configuration: environment variables, read in this file and nowhere else.
 * @throws Error naming each variable that is wrong and what it must be, never its value
 */
export function env(): Env {
  if (parsed) return parsed;
  const present = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  parsed = result.data;
  return parsed;
}

/**
 * Sets variables for this process: what the server works out at start (the embedded database's address, generated secrets)
 * reaches the code that Next bundles apart from the server only through the environment.
 */
export function provideEnv(values: Partial<Record<keyof Env | 'NEXTAUTH_URL' | 'AUTH_TRUST_HOST', string>>): void {
  Object.assign(process.env, values);
  parsed = undefined;
}
