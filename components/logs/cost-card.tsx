import { formatCount, formatMoney } from '@/lib/format';
import type { LogDetail, Pricing } from '@/lib/logs/schema';
import { Card, CardFooter, CardHeader } from '../ui/card';
import { Money } from '../ui/figures';
import { unknownCostReason } from './log-values';

const CLASSES: Readonly<Record<string, string>> = {
  input: 'Input',
  output: 'Output',
  cache_read: 'Cache read',
  cache_write_5m: 'Cache write, 5 min',
  cache_write_1h: 'Cache write, 1 h',
  web_search: 'Web search',
};

const SOURCES: Readonly<Record<string, string>> = {
  respan: 'Prices from this installation’s own table',
  'genai-prices': 'Prices from the genai-prices list',
  caller: 'Cost as it was sent with the log',
};

/** What the request cost, by class of token, at which price. Without a price, the tokens alone. */
export function CostCard({ log }: { log: LogDetail }) {
  const { pricing } = log;
  const models = new Set(pricing?.parts.map(({ model }) => model));
  return (
    <Card>
      <CardHeader
        title="Cost"
        actions={<Money nanoUsd={log.costNanoUsd} precise unknownReason={unknownCostReason(log)} />}
      />
      {pricing && pricing.parts.length > 0 ? (
        <Parts pricing={pricing} several={models.size > 1} />
      ) : (
        <TokensAlone log={log} />
      )}
      <CardFooter className="flex flex-col gap-0.5">
        {pricing?.modifiers.map((modifier) => (
          <span key={modifier}>{modifier}</span>
        ))}
        {log.usageEstimated && <span>Some of the tokens are an estimate: the provider did not report them.</span>}
        {log.tokens.reasoning ? (
          <span>{formatCount(log.tokens.reasoning)} of the output tokens are thinking.</span>
        ) : null}
        <span>{pricing ? (SOURCES[pricing.source] ?? `Prices from ${pricing.source}`) : unknownCostReason(log)}</span>
      </CardFooter>
    </Card>
  );
}

function Parts({ pricing, several }: { pricing: Pricing; several: boolean }) {
  return (
    <table className="w-full text-xs">
      <thead className="text-muted-foreground">
        <tr>
          <th className="px-4 pb-1 text-left font-normal">Class</th>
          <th className="pb-1 text-right font-normal">Tokens</th>
          <th className="pb-1 pl-3 text-right font-normal">per 1M</th>
          <th className="px-4 pb-1 text-right font-normal">Cost</th>
        </tr>
      </thead>
      <tbody>
        {pricing.parts.map((part) => (
          <tr key={`${part.class} ${part.model}`} className="h-7 border-t" title={part.model}>
            <td className="px-4">
              {CLASSES[part.class] ?? part.class}
              {several && <span className="block text-2xs text-muted-foreground">{part.model}</span>}
            </td>
            <td className="figures text-right">{formatCount(part.quantity)}</td>
            <td className="figures pl-3 text-right text-muted-foreground">{formatMoney(part.nanoUsdPerMillion)}</td>
            <td className="figures px-4 text-right">{formatMoney(part.costNanoUsd, { precise: true })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TokensAlone({ log: { tokens } }: { log: LogDetail }) {
  const counts: readonly (readonly [string, number | null])[] = [
    ['Input', tokens.input],
    ['Cache read', tokens.cacheRead],
    ['Cache write, 5 min', tokens.cacheWrite5m],
    ['Cache write, 1 h', tokens.cacheWrite1h],
    ['Output', tokens.output],
  ];
  const known = counts.filter(([, count]) => count);
  if (known.length === 0) return null;
  return (
    <dl className="text-xs">
      {known.map(([label, count]) => (
        <div key={label} className="flex h-7 items-center justify-between border-t px-4">
          <dt>{label}</dt>
          <dd className="figures">{formatCount(count)} tokens</dd>
        </div>
      ))}
    </dl>
  );
}
