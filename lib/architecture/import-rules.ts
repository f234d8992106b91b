/** Who may import whom: the table of CONTRIBUTING.md as data. The first rule whose `files` match a file is its rule. */
export interface ImportRule {
  name: string;
  files: RegExp;
  /** What it may import of ours, besides its own folder (`home`). Paths without extension. */
  allows: (home: string) => RegExp[];
  /** Which packages it may import; all where this is absent. */
  packages?: RegExp;
}

const SHARED = [/^lib\/money\//, /^lib\/(errors|format)$/];
const PORT_TYPES = /^lib\/gateway\/(ports|usage|cost|log-record)$/;
/** What a domain shows to others: the shape of its data, and what may be asked. */
const FACE = /^lib\/[\w-]+\/(queries|(filters\/)?schema)$/;
/** Single files that one other domain needs beyond that face. Each is a decision: think before adding one. */
const PUBLISHED = [
  // A request is logged and billed in one transaction.
  /^lib\/credits\/debit$/,
  // A share link says, like a session, who may see what.
  /^lib\/logs\/shares$/,
  // Whoever has something to tell people by email sends it the same way.
  /^lib\/alerts\/email$/,
  // An organization is made together with the credits it begins with.
  /^lib\/credits\/grants$/,
  // Rollups are written with the same buckets that charts read, and the gateway learns times in them.
  /^lib\/gateway\/histogram$/,
  // What prompt caching did is read off stored requests, found by time.
  /^lib\/logs\/(partitions|payloads)$/,
  // A customer is called the same in a log, in rollups and in its profile.
  /^lib\/logs\/storable$/,
  // A stored conversation is split where the gateway finds its members.
  /^lib\/gateway\/json-scan$/,
  // Logs and charts tell test from production the same way.
  /^lib\/analytics\/environment$/,
  // Which providers there are, what they are called and how their keys look is said once, by the gateway.
  /^lib\/gateway\/providers\/(index|provider)$/,
  // An address is judged when it is saved as it is judged when it is called.
  /^lib\/gateway\/http\/public-addresses$/,
  // An API key of ours says who is asking, on every path.
  /^lib\/keys\/lookup$/,
  // An alert measures what a chart shows, in the same way.
  /^lib\/analytics\/measure$/,
  // A log and its place in the queue of every webhook are written in one transaction.
  /^lib\/webhooks\/enqueue$/,
  // A webhook sends a log as the API answers it.
  /^lib\/logs\/api\/read$/,
  // Addresses that people typed are checked, signed for and called in one way.
  /^lib\/webhooks\/(address|send)$/,
  // A share link says, like a session, who may see what.
  /^lib\/logs\/shares$/,
  // An organization is made together with its first member.
  /^lib\/auth\/password$/,
];
/** Everything but the view: React, Next and what draws. */
const NO_VIEW = /^(?!(next|next-auth|react|react-dom|recharts|radix-ui|lucide-react|geist)(\/|$)|@tanstack\/)/;
const NO_DATABASE = /^(?!(@?prisma|pg|pg-copy-streams)(\/|$))/;

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    name: 'money, format and errors import nothing of ours, and no package',
    files: /^lib\/(money\/|(format|errors)\.ts$)/,
    allows: (home) => [inside(home)],
    packages: /^$/,
  },
  {
    name: 'the registry names the providers',
    files: /^lib\/gateway\/providers\/index\.ts$/,
    allows: () => [/^lib\/gateway\//, SHARED[0] ?? /^$/],
    packages: /^zod$/,
  },
  {
    name: 'the gateway imports itself, money, zod and undici, and no provider but through the registry',
    files: /^lib\/gateway\//,
    allows: (home) => [
      /^lib\/gateway\/(?!providers\/[^/]+\/)/,
      ...(home.startsWith('lib/gateway/providers/') ? [inside(home), /^lib\/gateway\/providers\/[\w-]+-format\//] : []),
      /^lib\/money\//,
    ],
    packages: /^(node:|zod$|undici$)/,
  },
  {
    name: 'the composition root may import all of lib',
    files: /^lib\/gateway-ports\.ts$/,
    allows: () => [/^lib\//],
    packages: NO_VIEW,
  },
  {
    name: 'auth may import next, and otherwise what a domain may',
    files: /^lib\/auth\//,
    allows: domain,
    packages: /^(?!(react|react-dom)(\/|$))/,
  },
  {
    name: 'lib/env imports nothing of ours',
    files: /^lib\/env\.ts$/,
    allows: () => [],
    packages: /^zod$/,
  },
  {
    name: 'a domain imports the database, the context, small shared modules, port types and the faces of other domains',
    files: /^lib\//,
    allows: domain,
    packages: NO_VIEW,
  },
  {
    name: 'components/ui imports itself, format and money',
    files: /^components\/(ui|charts)\//,
    allows: (home) => [inside(home), /^components\/ui\//, ...SHARED],
    packages: NO_DATABASE,
  },
  {
    name: 'a component imports shared components, its own folder, schemas, format and money',
    files: /^components\//,
    allows: (home) => [
      inside(home),
      /^components\/(ui|charts|layout|snippets)\//,
      /^lib\/[\w-]+\/(filters\/)?schema$/,
      ...SHARED,
    ],
    packages: NO_DATABASE,
  },
  {
    name: 'app imports everything but the database, the composition root and end-to-end tests',
    files: /^(app\/|proxy\.ts$)/,
    allows: () => [/^app\//, /^components\//, /^lib\/(?!db\/|gateway-ports$)/],
    packages: NO_DATABASE,
  },
  { name: 'e2e reaches Respan through HTTP and the browser only', files: /^e2e\//, allows: () => [/^e2e\//] },
  { name: 'the server imports lib', files: /^server\.ts$/, allows: () => [/^lib\//] },
];

function domain(home: string): RegExp[] {
  const common = [
    /^lib\/db\//,
    /^lib\/auth\/context$/,
    /^lib\/(env|new-id)$/,
    ...SHARED,
    PORT_TYPES,
    FACE,
    ...PUBLISHED,
  ];
  return home === 'lib' ? common : [inside(home), ...common];
}

/** The folder that a file belongs to: the domain, the component folder, the provider. */
export function homeOf(path: string): string {
  const provider = /^lib\/gateway\/providers\/[^/]+(?=\/)/.exec(path);
  if (provider) return provider[0];
  return path.split('/').slice(0, -1).slice(0, 2).join('/');
}

function inside(folder: string): RegExp {
  return new RegExp(`^${folder}/`);
}
