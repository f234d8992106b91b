import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { claudeCodeCommand, cursorLink, docsMcp, mcpServersJson, vsCodeLink } from './mcp';

interface ConnectMcpProps {
  title: string;
  /** Where this installation is reached, without a trailing slash. */
  origin: string;
}

/** Lets an agent read the documentation: the configuration to copy, and a button for each editor. */
export function ConnectMcp({ title, origin }: ConnectMcpProps) {
  const server = docsMcp(origin);
  return (
    <Card aria-label={title} className="mt-6">
      <CardHeader title={title} description="Your agent reads this documentation by itself. It needs no key." />
      <CardBody className="flex flex-col gap-3">
        <CodeBlock code={mcpServersJson(server)} />
        <div className="flex flex-wrap gap-2">
          <CopyButton
            value={claudeCodeCommand(server)}
            label="Copy Claude Code command"
            size="sm"
            variant="secondary"
          />
          <Button asChild size="sm">
            <a href={cursorLink(server)}>Add to Cursor</a>
          </Button>
          <Button asChild size="sm">
            <a href={vsCodeLink(server)}>Add to VS Code</a>
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}
