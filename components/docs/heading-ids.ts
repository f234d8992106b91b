interface Node {
  readonly type: string;
  readonly tagName?: string;
  properties?: Record<string, unknown>;
}

/** A rehype plugin: gives the headings of a page their ids, in order. */
export function headingIds(ids: readonly string[]) {
  return (tree: { children: Node[] }) => {
    const headings = tree.children.filter(({ tagName }) => tagName === 'h2' || tagName === 'h3');
    for (const [index, heading] of headings.entries()) heading.properties = { ...heading.properties, id: ids[index] };
  };
}
