import type { z } from 'zod';
import { type ApiError, invalid } from '../errors';

type Issue = z.core.$ZodIssue;

/** The first fault of a body in the provider's words, such as `tools.0.custom.name: Field required`. */
export function firstFault(issues: readonly Issue[], body: unknown): ApiError {
  const [issue] = issues;
  if (!issue) return invalid('Invalid request');
  const { path, message } = describe(issue, body, []);
  const place = taggedPath(path, body).join('.');
  return invalid(place === '' ? message : `${place}: ${message}`);
}

function describe(
  issue: Issue,
  body: unknown,
  parent: readonly PropertyKey[],
): { path: PropertyKey[]; message: string } {
  const path = [...parent, ...issue.path];
  const input = valueAt(body, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return { path: [...path, issue.keys[0] ?? ''], message: 'Extra inputs are not permitted' };
    case 'invalid_union':
      return describeUnion(issue, body, path, input);
    case 'invalid_type':
      return { path, message: input === undefined ? 'Field required' : `Input should be a valid ${noun(issue, path)}` };
    case 'invalid_value':
      return { path, message: input === undefined ? 'Field required' : `Input should be ${quotedList(issue.values)}` };
    case 'too_small':
      return { path, message: tooSmall(issue, input) };
    case 'too_big':
      return { path, message: tooBig(issue, input) };
    case 'invalid_format':
      return { path, message: `String should match pattern '${issue.pattern ?? issue.format}'` };
    default:
      return { path, message: issue.message };
  }
}

function describeUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  body: unknown,
  path: PropertyKey[],
  input: unknown,
): { path: PropertyKey[]; message: string } {
  if (input === undefined) return { path, message: 'Field required' };
  if (issue.discriminator === undefined) {
    const deeper = issue.errors.flat().find((inner) => inner.path.length > 0);
    if (deeper) return describe(deeper, body, path);
    return { path, message: 'Input should be a valid string' };
  }
  const options = 'options' in issue ? (issue.options ?? []).filter((option) => typeof option === 'string') : [];
  return {
    path: path.slice(0, -1),
    message:
      `Input tag '${String(input)}' found using '${issue.discriminator}' does not match any of the expected tags: ` +
      options.map((option) => `'${option}'`).join(', '),
  };
}

/** The provider names the kind of a block in the path: `messages.0.content.1.tool_use.id`. */
function taggedPath(path: readonly PropertyKey[], body: unknown): string[] {
  const tagged: string[] = [];
  let value = body;
  path.forEach((key, index) => {
    tagged.push(String(key));
    value = valueAt(value, [key]);
    const deeper = index < path.length - 1;
    const tag = deeper && isTagged(path.slice(0, index + 1)) ? tagOf(value, path[0] === 'tools') : null;
    if (tag !== null) tagged.push(tag);
  });
  return tagged;
}

function isTagged(path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  if (typeof last === 'number') return path.at(-2) === 'content' || path.at(-2) === 'tools';
  return last === 'source' || last === 'thinking' || last === 'cache_control' || last === 'tool_choice';
}

function tagOf(value: unknown, isTool: boolean): string | null {
  const tag = valueAt(value, ['type']);
  if (typeof tag === 'string') return tag;
  return isTool ? 'custom' : null;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
    value,
  );
}

const FRACTIONS: readonly PropertyKey[] = ['temperature', 'top_p'];

function noun(issue: z.core.$ZodIssueInvalidType, path: readonly PropertyKey[]): string {
  if (issue.expected === 'int' || issue.expected === 'number') {
    return FRACTIONS.includes(path.at(-1) ?? '') ? 'number' : 'integer';
  }
  if (issue.expected === 'array') return 'list';
  if (issue.expected === 'object' || issue.expected === 'record') return 'dictionary';
  return issue.expected;
}

function quotedList(values: readonly unknown[]): string {
  const names = values.filter((value) => typeof value === 'string').map((value) => `'${value}'`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, input: unknown): string {
  if (issue.origin === 'string')
    return `String should have at least ${issue.minimum} character${plural(issue.minimum)}`;
  if (Array.isArray(input)) {
    return `List should have at least ${issue.minimum} item${plural(issue.minimum)} after validation, not ${input.length}`;
  }
  return `Input should be greater than or equal to ${issue.minimum}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig, input: unknown): string {
  if (issue.origin === 'string') return `String should have at most ${issue.maximum} characters`;
  if (Array.isArray(input))
    return `List should have at most ${issue.maximum} items after validation, not ${input.length}`;
  return `Input should be less than or equal to ${issue.maximum}`;
}

function plural(count: number | bigint): string {
  return count === 1 ? '' : 's';
}
