import { Card } from '@/components/ui/card';
import type { CustomerFigures } from '@/lib/customers/schema';
import { formatCount, formatMoney } from '@/lib/format';

/** What customers come to, whatever the range of the table. */
export function CustomerFiguresStrip({ figures }: { figures: CustomerFigures }) {
  const { requestsADay } = figures;
  return (
    <Figures
      label="Customers in figures"
      items={[
        { label: 'Customers', hint: 'in 90 days', value: formatCount(figures.customers) },
        { label: 'Monthly active', hint: 'in 30 days', value: formatCount(figures.monthlyActive) },
        { label: 'Daily active', hint: 'in 24 hours', value: formatCount(figures.dailyActive) },
        { label: 'New', hint: 'in 30 days', value: formatCount(figures.newCustomers) },
        {
          label: 'Requests each',
          hint: 'on a day of use',
          value: formatCount(requestsADay === null ? null : Math.round(requestsADay * 10) / 10),
        },
        { label: 'Cost each', hint: 'in 30 days', value: formatMoney(figures.monthlyCostEachNanoUsd) },
      ]}
    />
  );
}

export interface FigureItem {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
}

export function Figures({ label, items }: { label: string; items: readonly FigureItem[] }) {
  return (
    <section aria-label={label}>
      <Card className="grid grid-cols-6 overflow-hidden max-md:grid-cols-2 max-xl:grid-cols-3">
        {items.map((item) => (
          <div key={item.label} className="-mt-px -ml-px border-t border-l px-4 py-3">
            <p className="text-muted-foreground text-xs">{item.label}</p>
            <p className="figures mt-0.5 truncate text-xl" title={item.value}>
              {item.value}
            </p>
            <p className="text-muted-foreground text-xs">{item.hint}</p>
          </div>
        ))}
      </Card>
    </section>
  );
}
