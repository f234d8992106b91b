'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { z } from 'zod';
import { type SavedView, savedView } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { getJson } from '../ui/get-json';
import { Input } from '../ui/input';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover';
import { sendJson } from '../ui/send-json';
import { useSearch } from '../ui/use-search';

const PATH = '/api/dashboard/logs/views';
const QUERY_KEY = ['log-views'];

/** Filters under a name: one's own, and those that others share. */
export function ViewsMenu() {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" className="text-muted-foreground">
          <Bookmark aria-hidden />
          Views
        </Button>
      </PopoverTrigger>
      <PopoverContent className="flex w-80 flex-col gap-3" aria-label="Saved views">
        <Views onChosen={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

function Views({ onChosen }: { onChosen: () => void }) {
  const client = useQueryClient();
  const { search, setSearch } = useSearch();
  const views = useQuery({ queryKey: QUERY_KEY, queryFn: ({ signal }) => getJson(PATH, z.array(savedView), signal) });
  const onSuccess = () => client.invalidateQueries({ queryKey: QUERY_KEY });
  const remove = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', `${PATH}/${id}`, {}, z.null()),
    onSuccess,
  });
  function choose(view: SavedView) {
    const gone = Object.fromEntries(Object.keys(search).map((name) => [name, null]));
    setSearch({ ...gone, ...Object.fromEntries(new URLSearchParams(view.search)) });
    onChosen();
  }
  return (
    <>
      {views.data?.length === 0 && (
        <p className="text-muted-foreground text-xs">No views yet. Set filters, then save them.</p>
      )}
      <ul className="-mx-1 max-h-72 overflow-y-auto empty:hidden">
        {(views.data ?? []).map((view) => (
          <li key={view.id} className="flex items-center rounded-md hover:bg-hover">
            <button
              type="button"
              onClick={() => choose(view)}
              className="flex h-8 min-w-0 flex-1 items-center gap-2 px-2 text-left"
            >
              <span className="truncate">{view.name}</span>
              {view.shared && (
                <span className="text-2xs text-muted-foreground">{view.own ? 'shared' : 'of a colleague'}</span>
              )}
            </button>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Delete the view ${view.name}`}
              onClick={() => remove.mutate(view.id)}
            >
              <Trash2 aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {(views.error ?? remove.error) && (
        <p role="alert" className="text-danger text-xs">
          {(views.error ?? remove.error)?.message}
        </p>
      )}
      <SaveForm search={search} onSaved={onSuccess} />
    </>
  );
}

function SaveForm({ search, onSaved }: { search: Record<string, string>; onSaved: () => void }) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const id = useId();
  const save = useMutation({
    mutationFn: () => sendJson('POST', PATH, { name, shared, search: lasting(search) }, savedView),
    onSuccess: () => {
      setName('');
      onSaved();
    },
  });
  return (
    <form
      className="flex flex-col gap-2 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Input
        aria-label="Name of the view"
        placeholder="Save these filters as"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="flex items-center gap-2">
        <Checkbox id={id} checked={shared} onCheckedChange={(checked) => setShared(checked === true)} />
        <label htmlFor={id} className="mr-auto text-xs">
          Share with the organization
        </label>
        <Button type="submit" size="sm" variant="primary" pending={save.isPending}>
          Save view
        </Button>
      </div>
      {save.error && (
        <p role="alert" className="text-danger text-xs">
          {save.error.message}
        </p>
      )}
    </form>
  );
}

/** Without what is open, and how far one has read. */
function lasting({ log: _log, tab: _tab, older: _older, newer: _newer, ...rest }: Record<string, string>): string {
  return new URLSearchParams(rest).toString();
}
