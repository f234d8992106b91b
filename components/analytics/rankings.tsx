import type { Overview } from '@/lib/analytics/schema';
import { slotColor } from '../charts/colors';
import { withSearch } from '../ui/use-search';
import { RANGE_WORDS } from './ranges';
import { Ranking } from './ranking';
import { NO_MODEL } from './series';

export function TopModels({ overview }: { overview: Overview }) {
  const { topModels, colors, range, environment } = overview;
  return (
    <Ranking
      title="Top models"
      empty={`No requests in the ${RANGE_WORDS[range]}`}
      rows={topModels.map(({ model, ...sums }) => ({
        id: model,
        name: model || NO_MODEL,
        color: slotColor(colors[model]),
        href: model ? `/logs${withSearch({ range, environment }, { model })}` : null,
        ...sums,
      }))}
    />
  );
}

export function TopKeys({ overview }: { overview: Overview }) {
  const { topKeys, range, environment } = overview;
  return (
    <Ranking
      title="Top keys"
      empty={`No requests in the ${RANGE_WORDS[range]}`}
      rows={topKeys.map(({ keyId, name, ...sums }) => ({
        id: keyId ?? 'none',
        name,
        color: null,
        href: keyId ? `/logs${withSearch({ range, environment }, { key: keyId })}` : null,
        ...sums,
      }))}
    />
  );
}
