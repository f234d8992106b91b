import { SAMPLE_MODEL } from '@/components/snippets/snippets';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';

interface HowToUseProps {
  origin: string;
  /** Of a group that exists; null while there is none. */
  groupId: string | null;
}

export function HowToUse({ origin, groupId }: HowToUseProps) {
  const id = groupId ?? 'your-group-id';
  return (
    <Card>
      <CardHeader
        title="How to use it"
        description="Send the group's id with the request. Its models then stand in for the model that the request names; models listed in the request itself come before those of the group."
      />
      <CardBody className="flex flex-col gap-3">
        <CodeBlock title="Shell" code={curl(origin, id)} />
        <CodeBlock title="Python, OpenAI SDK" code={python(origin, id)} />
      </CardBody>
    </Card>
  );
}

function curl(origin: string, groupId: string): string {
  return `curl ${origin}/api/chat/completions \\
  -H "Authorization: Bearer YOUR_RESPAN_KEY" \\
  -H "content-type: application/json" \\
  -d '{
    "model": "${SAMPLE_MODEL}",
    "load_balance_group": {"group_id": "${groupId}"},
    "messages": [{"role": "user", "content": "Say hello in one sentence."}]
  }'`;
}

function python(origin: string, groupId: string): string {
  return `from openai import OpenAI

client = OpenAI(base_url="${origin}/api", api_key="YOUR_RESPAN_KEY")
response = client.chat.completions.create(
    model="${SAMPLE_MODEL}",
    messages=[{"role": "user", "content": "Say hello in one sentence."}],
    extra_body={"load_balance_group": {"group_id": "${groupId}"}},
)
print(response.choices[0].message.content)`;
}
