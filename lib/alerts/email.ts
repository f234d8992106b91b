import { createTransport, type Transporter } from 'nodemailer';
import { z } from 'zod';
import { env } from '@/lib/env';

const TIMEOUT_MS = 10_000;

/** Sends email over SMTP_URL, on one connection while there is something to send. */
export class Mailer {
  readonly #transport: Transporter | null;

  constructor() {
    const { SMTP_URL } = env();
    this.#transport = SMTP_URL ? createTransport(SMTP_URL, { from: sender() }) : null;
  }

  /** Never throws. @returns why it was not sent, without secrets; null where the server took it */
  async send(to: string, subject: string, text: string): Promise<string | null> {
    if (!this.#transport) return 'This installation sends no email: SMTP_URL is not set.';
    try {
      await withTimeout(this.#transport.sendMail({ to, subject: subject.replace(/[\r\n]+/g, ' '), text }));
      return null;
    } catch (error) {
      return reasonOf(error);
    }
  }

  close(): void {
    this.#transport?.close();
  }
}

function sender(): string {
  const { SMTP_FROM, APP_URL } = env();
  return SMTP_FROM ?? `Respan <respan@${APP_URL ? new URL(APP_URL).hostname : 'localhost'}>`;
}

function withTimeout<T>(sending: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), TIMEOUT_MS);
  });
  return Promise.race([sending, late]).finally(() => clearTimeout(timer));
}

const smtpError = z.object({ code: z.string().optional(), responseCode: z.number().optional() }).catch({});

/** The server's own words may quote what it was sent; its code says enough. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = smtpError.parse(error);
  if (code === 'EAUTH') return 'The mail server refused the user name and password of SMTP_URL.';
  if (responseCode !== undefined) return `The mail server refused it (${responseCode}).`;
  if (code === 'ETIMEDOUT') return `The mail server gave no answer in ${TIMEOUT_MS / 1000} seconds.`;
  return `The mail server could not be reached${code ? ` (${code})` : ''}.`;
}
