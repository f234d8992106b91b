import { CATALOGUE } from './catalogue';
import { invalid, notFound } from './errors';
import type { Model } from './model';

/** The model that answers for an id or alias. @throws ApiError 404 for an unknown or retired one. */
export function callableModel(id: string): Model {
  const model = find(id);
  if (!model || model.lifecycle === 'retired') throw notFound(`model: ${id}`);
  return model;
}

/** @throws ApiError 404 */
export function describeModel(id: string) {
  const model = find(id);
  if (!model) throw notFound(`model: ${id}`);
  return modelInfo(model);
}

/** One page of `GET /v1/models`. @throws ApiError 400 for a limit or cursor that cannot be used. */
export function listModels(query: URLSearchParams) {
  const stages = query.getAll('lifecycle[]').concat(query.getAll('lifecycle'));
  const wanted = stages.length > 0 ? stages : ['active', 'deprecated'];
  const models = CATALOGUE.filter((model) => wanted.includes(model.lifecycle));
  return pageOf(models.map(modelInfo), query);
}

/** The list page that every list endpoint answers with. @throws ApiError 400 */
export function pageOf<T extends { id: string }>(items: readonly T[], query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit: Input should be greater than or equal to 1');
  if (limit > 1000) throw invalid('limit: Input should be less than or equal to 1000');
  const after = cursor(items, query, 'after_id');
  const before = cursor(items, query, 'before_id');
  const rest = before === null ? items.slice(after === null ? 0 : after + 1) : items.slice(0, before);
  const data = before === null ? rest.slice(0, limit) : rest.slice(-limit);
  return {
    data,
    has_more: rest.length > data.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function cursor(items: readonly { id: string }[], query: URLSearchParams, name: string): number | null {
  const id = query.get(name);
  if (id === null) return null;
  const index = items.findIndex((item) => item.id === id);
  if (index === -1) throw invalid(`${name}: \`${id}\` was not found`);
  return index;
}

function find(id: string): Model | undefined {
  return CATALOGUE.find((model) => model.id === id || model.aliases.includes(id));
}

function modelInfo(model: Model) {
  const is = (supported: boolean) => ({ supported });
  const accepts = (type: Model['thinking']['accepts'][number]) => is(model.thinking.accepts.includes(type));
  const effort = (level: Model['efforts'][number]) => is(model.efforts.includes(level));
  const modern = model.generation >= 4.5;
  const thinks = model.thinking.onByDefault || model.thinking.accepts.some((type) => type !== 'disabled');
  return {
    type: 'model' as const,
    id: model.id,
    display_name: model.displayName,
    created_at: midnight(model.releasedOn),
    max_input_tokens: model.contextTokens,
    max_tokens: model.maxOutputTokens,
    line: model.line,
    lifecycle: model.lifecycle,
    deprecated_at: model.deprecatedOn && midnight(model.deprecatedOn),
    retires_at: model.retiresOn && midnight(model.retiresOn),
    capabilities: {
      batch: is(true),
      citations: is(true),
      code_execution: is(modern),
      context_management: {
        clear_thinking_20251015: is(modern),
        clear_tool_uses_20250919: is(modern),
        compact_20260112: is(model.generation >= 4.6),
        supported: modern,
      },
      effort: {
        low: effort('low'),
        medium: effort('medium'),
        high: effort('high'),
        xhigh: effort('xhigh'),
        max: effort('max'),
        supported: model.efforts.length > 0,
      },
      image_input: is(true),
      pdf_input: is(model.generation >= 3.5),
      server_tools: { web_search: is(true), code_execution: is(modern), supported: true },
      structured_outputs: is(modern),
      thinking: {
        supported: thinks,
        types: {
          adaptive: accepts('adaptive'),
          enabled: accepts('enabled'),
          disabled: accepts('disabled'),
          between_tools: accepts('between_tools'),
        },
      },
    },
  };
}

function midnight(day: string): string {
  return `${day}T00:00:00Z`;
}
