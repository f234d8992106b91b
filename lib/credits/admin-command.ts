import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { formatMoney } from '@/lib/format';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { grantCredits } from './grants';
import { freeCredits } from './queries';
import { grantSchema } from './schema';

const USAGE = `Usage:
  npm run admin -- grant --email <address> --usd <amount> --note <text> [--expires <YYYY-MM-DD>]

Gives credits to the account with that address. A negative amount takes credits back.`;

/** Runs a command of whoever runs the installation. @returns what to print, and whether it was done */
export async function runAdmin(args: readonly string[]): Promise<{ ok: boolean; text: string }> {
  try {
    const { positionals, values } = parseArgs({
      args: joined(args),
      allowPositionals: true,
      options: {
        email: { type: 'string' },
        usd: { type: 'string' },
        note: { type: 'string' },
        expires: { type: 'string' },
      },
    });
    if (positionals.join(' ') !== 'grant') return { ok: false, text: USAGE };
    return { ok: true, text: await grant(values) };
  } catch (error) {
    return { ok: false, text: refusalOf(error) };
  }
}

/** A negative amount would be taken for an option. */
function joined(args: readonly string[]): string[] {
  const at = args.indexOf('--usd');
  const amount = args[at + 1];
  return at < 0 || amount === undefined ? [...args] : [...args.slice(0, at), `--usd=${amount}`, ...args.slice(at + 2)];
}

async function grant(values: Record<string, string | undefined>): Promise<string> {
  const input = grantSchema.parse({ email: '', usd: '', note: '', ...values });
  const { organizationName, organizationId } = await grantCredits(input, { userId: null });
  const { balance } = await freeCredits(organizationId);
  return `${formatMoney(nanoUsdFromDecimal(input.usd))} for ${organizationName} (${input.email}). Its balance is ${formatMoney(balance)}.`;
}

function refusalOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const lines = error.issues.map(({ path, message }) => `  --${String(path[0])}: ${message}`);
    return `${lines.join('\n')}\n\n${USAGE}`;
  }
  if (error instanceof AppError) return error.message;
  if (error instanceof TypeError && 'code' in error) return `${error.message}\n\n${USAGE}`;
  throw error;
}
