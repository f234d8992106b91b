import { invalid } from './errors';

/** Values of `anthropic-beta` that are documented, typed in the SDK, or sent by Claude Code. */
const KNOWN_BETAS = new Set(
  `admin-user-sign-out-2026-10-08 advanced-tool-use-2025-11-20 advisor-tool-2026-03-01 afk-mode-2026-01-31
  agent-memory-2026-07-22 analytics-usage-cost-2026-08-24 cache-diagnosis-2026-04-07
  ce-claude-code-managed-settings-2026-10-06 ce-plugins-2026-09-01 ce-user-management-2026-07-13
  claude-code-20250219 code-execution-2025-05-22 code-execution-2025-08-25 compact-2026-01-12 compact-2026-09-04
  computer-use-2024-10-22 computer-use-2025-01-24 computer-use-2025-11-24 context-1m-2025-08-07
  context-hint-2026-04-09 context-management-2025-06-27 dev-full-thinking-2025-05-14 dreaming-2026-04-21
  effort-2025-11-24 experimental-claude-tag-2026-10-21 extended-cache-ttl-2025-04-11 fallback-credit-2026-06-01
  fallback-credit-2026-07-01 fast-mode-2026-02-01 files-api-2025-04-14 fine-grained-tool-streaming-2025-05-14
  inline-tools-2026-09-15 interleaved-thinking-2025-05-14 managed-agents-2026-04-01 max-tokens-3-5-sonnet-2024-07-15
  mcp-client-2025-04-04 mcp-client-2025-11-20 mcp-client-2026-09-15 mcp-tunnels-2026-06-22
  message-batches-2024-09-24 message-threads-2026-08-12 mid-conversation-output-config-2026-07-01
  mid-conversation-system-2026-04-07 mid-conversation-system-clear-at-2026-08-21
  mid-conversation-tool-changes-2026-07-01 model-context-window-exceeded-2025-08-26 oauth-2025-04-20
  output-128k-2025-02-19 output-300k-2026-03-24 pdfs-2024-09-25 prompt-caching-2024-07-31
  prompt-caching-scope-2026-01-05 redact-thinking-2026-02-12 server-side-fallback-2026-06-01
  server-side-fallback-2026-07-01 skills-2025-10-02 spend-limit-reads-2026-09-26 structured-outputs-2025-11-13
  structured-outputs-2025-12-15 summarize-connector-text-2026-03-13 task-budgets-2026-03-13
  telemetry-destinations-2026-08-11 thinking-binding-controls-2026-08-01 thinking-display-updates-2026-08-18
  thinking-token-count-2026-05-13 token-counting-2024-11-01 token-efficient-tools-2025-02-19
  tool-search-tool-2025-10-19 user-profiles-2026-03-24 user-profiles-2026-08-18 user-profiles-2026-09-04
  user-profiles-billing-2026-10-01 web-fetch-2025-09-10 web-search-2025-03-05 webhooks-2026-10-07
  auto-mode-classifier-2026-07-16 cache-keepalive-2026-09-03 dangerous-tool-use-2026-09-03 per-turn-control-2026-07-01
  prompt-caching-evict-2026-05-12 request-tags-2026-08-21 resumption-2026-10-08 thinking-resumption-2026-07-17
  timing-2026-09-09 tool-provenance-2026-10-26 web-search-results-only-2026-11-15`.split(/\s+/),
);

/** The beta values of a request. @throws ApiError 400 for one that is not known. */
export function parseBetas(header: string | undefined): ReadonlySet<string> {
  const names = (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.filter((name) => !KNOWN_BETAS.has(name));
  if (unknown.length > 0) {
    throw invalid(
      `Unexpected value(s) ${unknown.map((name) => `\`${name}\``).join(', ')} for the \`anthropic-beta\` header. ` +
        'Please consult our documentation at platform.claude.com/docs or try again without the header.',
    );
  }
  return new Set(names);
}

/** Whether any of the values belongs to a beta, whatever its date. */
export function hasBeta(betas: ReadonlySet<string>, ...families: string[]): boolean {
  return [...betas].some((beta) => families.some((family) => beta.startsWith(family)));
}
