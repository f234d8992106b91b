import { parseSync } from 'vite';

export interface ParsedFile {
  /** What it imports or re-exports from, as written, types included: `import('x')` and `import('x').T` as well. */
  imports: string[];
  /** Whether it is a barrel: it re-exports from elsewhere and holds nothing of its own. */
  onlyReexports: boolean;
  readsProcessEnv: boolean;
  setsInnerHtml: boolean;
}

/** @throws Error naming the file when it is not valid TypeScript */
export function parseFile(path: string, source: string): ParsedFile {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} can not be parsed: ${errors[0]?.message}`);
  const found: ParsedFile = {
    imports: [],
    onlyReexports: program.body.length > 0 && program.body.every(isReexport),
    readsProcessEnv: false,
    setsInnerHtml: false,
  };
  visit(program, (node) => look(node, found));
  return found;
}

type Node = Record<string, unknown>;

function look(node: Node, found: ParsedFile): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType': {
      const target = stringOf(node.source);
      if (target !== undefined) found.imports.push(target);
      // Whatever is taken from it, the environment is all that we would want of it.
      found.readsProcessEnv ||= target === 'node:process' || target === 'process';
      return;
    }
    case 'MemberExpression':
      found.readsProcessEnv ||= nameOf(node.object) === 'process' && nameOf(node.property) === 'env';
      return;
    case 'VariableDeclarator':
      // const { env } = process
      found.readsProcessEnv ||= nameOf(node.init) === 'process';
      return;
    case 'JSXAttribute':
      found.setsInnerHtml ||= nameOf(node.name) === 'dangerouslySetInnerHTML';
      return;
    case 'Property':
      found.setsInnerHtml ||= nameOf(node.key) === 'dangerouslySetInnerHTML';
  }
}

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, enter);
  } else if (isNode(value)) {
    enter(value);
    for (const child of Object.values(value)) visit(child, enter);
  }
}

function isReexport(statement: unknown): boolean {
  return isNode(statement) && String(statement.type).startsWith('Export') && stringOf(statement.source) !== undefined;
}

function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return typeof node.name === 'string' ? node.name : stringOf(node);
}

function stringOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  // A type import's argument is wrapped in a type; a template without holes is a string too.
  if (node.type === 'TSLiteralType') return stringOf(node.literal);
  if (typeof node.value === 'string') return node.value;
  const [only] = Array.isArray(node.quasis) && node.quasis.length === 1 ? node.quasis : [];
  const cooked = isNode(only) && isNode(only.value) ? only.value.cooked : undefined;
  return typeof cooked === 'string' ? cooked : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
