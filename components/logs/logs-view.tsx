'use client';

import { useCallback, useRef, useState } from 'react';
import { useTimeZone } from '../charts/use-time-zone';
import { AddFilter } from './add-filter';
import { useColumnLayout } from './column-layout';
import { ColumnMenu } from './column-menu';
import { ExportMenu } from './export-menu';
import { FacetPanel } from './facet-panel';
import { FacetToggle, useFacetsShown } from './facet-toggle';
import { KeyHints } from './key-hints';
import { LogFilterBar } from './log-filters';
import { LogPanel } from './log-panel';
import { LogsBody } from './logs-body';
import { LogsHeader } from './logs-header';
import { NewLogsPill } from './new-logs-pill';
import { SearchBox } from './search-box';
import { useLiveLogs } from './use-live-logs';
import { useLogFilters } from './use-log-filters';
import { useLogKeys } from './use-log-keys';
import { useLogFacets, useLogs } from './use-logs';
import { ViewsMenu } from './views-menu';

const AT_TOP_PX = 8;

/** The log page. Its address says what it shows; `drawnFor` is the time zone the server wrote the times in. */
export function LogsView({ drawnFor }: { drawnFor: string }) {
  const { filters, change, setFilters, open, setOpen } = useLogFilters();
  const timeZone = useTimeZone(drawnFor);
  const layout = useColumnLayout();
  const logs = useLogs(filters);
  const facets = useLogFacets(filters).data ?? [];
  const [facetsShown, showFacets] = useFacetsShown();
  const [adding, setAdding] = useState(false);
  const [cursor, setCursor] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);

  const [wanted, setWanted] = useState(true);
  const [unseen, setUnseen] = useState(0);
  const atNewest = logs.first?.newer == null && !filters.older;
  const followable = atNewest && filters.to === undefined && filters.in !== 'bodies';
  const { waiting, connected } = useLiveLogs(filters, wanted && followable, (count) => {
    if ((scroller.current?.scrollTop ?? 0) > AT_TOP_PX) setUnseen((before) => before + count);
  });
  const toTop = () => {
    scroller.current?.scrollTo({ top: 0 });
    setUnseen(0);
    setWanted(true);
  };

  const at = logs.rows.findIndex(({ id }) => id === open);
  const show = useCallback(
    (id: string) => {
      setCursor(id);
      setOpen(id);
    },
    [setOpen],
  );
  // The keys go on from the log that was open, also where the address had opened it.
  const close = () => {
    setCursor(open);
    setOpen(null);
  };
  useLogKeys({
    rows: logs.rows,
    current: open ?? cursor,
    isOpen: open !== null,
    onMove: setCursor,
    onOpen: show,
    onClose: close,
    onFilter: () => setAdding(true),
    onSearch: () => searchInput.current?.focus(),
  });
  return (
    <div className="flex h-dvh flex-col max-md:h-[calc(100dvh-48px)]">
      <LogsHeader
        filters={filters}
        environment={logs.first?.environment}
        onChange={change}
        live={{ live: wanted, connected, atNewest, onChange: setWanted, onNewest: () => change({}) }}
      />
      <div className="flex min-h-0 flex-1 flex-col gap-3 p-6 pt-4 max-md:p-4">
        <LogFilterBar
          filters={filters}
          facets={facets}
          timeZone={timeZone}
          onChange={change}
          setFilters={setFilters}
          before={<SearchBox filters={filters} onChange={change} input={searchInput} />}
          after={
            <>
              <AddFilter
                open={adding}
                onOpenChange={setAdding}
                filters={filters}
                onAdd={(filter) => setFilters([...filters.filters, filter])}
              />
              <ViewsMenu />
            </>
          }
        />
        <LogsBody
          logs={logs}
          filters={filters}
          timeZone={timeZone}
          layout={layout}
          scroller={scroller}
          open={open ?? cursor}
          onOpen={show}
          onChange={change}
          onTop={() => setUnseen(0)}
          facets={facetsShown && <FacetPanel facets={facets} filters={filters} onChange={change} />}
          pill={(unseen > 0 || (waiting && followable)) && <NewLogsPill count={unseen || null} onClick={toTop} />}
        />
        <div className="flex items-center gap-2 max-md:hidden">
          <FacetToggle shown={facetsShown} onChange={showFacets} />
          <ColumnMenu layout={layout} />
          <ExportMenu filters={filters} />
          <span className="flex-1" />
          <KeyHints />
        </div>
      </div>
      {open && (
        <LogPanel
          id={open}
          newer={(at > 0 && logs.rows[at - 1]?.id) || null}
          older={(at >= 0 && logs.rows[at + 1]?.id) || null}
          onOpen={show}
          onClose={close}
        />
      )}
    </div>
  );
}
