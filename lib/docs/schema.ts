/** One page of the documentation. Addresses inside stand as {{origin}} until a request says what this installation is called. */
export interface DocsPage {
  /** Its address is /docs/<slug>. */
  readonly slug: string;
  readonly title: string;
  /** Its first paragraph, as plain text. */
  readonly description: string;
  /** What it stands under in the navigation. */
  readonly group: string;
  /** All of it, the title included. */
  readonly markdown: string;
}

/** A page that a search found, and where in it. */
export interface DocsHit {
  readonly page: DocsPage;
  /** The section that answers best; null for what stands before the first one. */
  readonly section: { readonly id: string; readonly title: string } | null;
  /** Plain text around the first match. */
  readonly snippet: string;
}

/** A heading of a page. */
export interface DocsHeading {
  readonly depth: 2 | 3;
  readonly text: string;
  /** What follows the # in a link to it. */
  readonly id: string;
}
