import type { Filled, Snippet } from './snippet';

/** What is run in a terminal: curl and Claude Code. */
export function shellSnippets(filled: Filled): { curl: Snippet; claudeCode: Snippet } {
  return {
    curl: {
      id: 'curl',
      label: 'curl',
      variants: [{ language: 'Shell', note: 'Run it in a terminal.', code: curl(filled) }],
    },
    claudeCode: {
      id: 'claude-code',
      label: 'Claude Code',
      variants: [
        { language: 'Shell', note: 'For this terminal only.', code: claudeCodeShell(filled) },
        {
          language: 'settings.json',
          note: 'For good: merge it into ~/.claude/settings.json.',
          code: claudeCodeSettings(filled),
        },
      ],
    },
  };
}

function curl({ anthropicUrl, apiKey, model, prompt }: Filled): string {
  return `curl ${anthropicUrl}/v1/messages \\
  -H "x-api-key: ${apiKey}" \\
  -H "anthropic-version: 2023-06-01" \\
  -H "content-type: application/json" \\
  -d '{
    "model": "${model}",
    "max_tokens": 1024,
    "messages": [
      {"role": "user", "content": "${prompt}"}
    ]
  }'`;
}

function claudeCodeShell({ anthropicUrl, apiKey }: Filled): string {
  return `unset ANTHROPIC_AUTH_TOKEN
export ANTHROPIC_BASE_URL=${anthropicUrl}/
export ANTHROPIC_API_KEY=${apiKey}
claude`;
}

function claudeCodeSettings({ anthropicUrl, apiKey }: Filled): string {
  const settings = {
    env: { ANTHROPIC_BASE_URL: `${anthropicUrl}/`, ANTHROPIC_API_KEY: apiKey, ANTHROPIC_AUTH_TOKEN: '' },
  };
  return JSON.stringify(settings, null, 2);
}
