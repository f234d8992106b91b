import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';

const PYTHON = `import hashlib, hmac

def is_from_respan(body: bytes, signature: str, secret: str) -> bool:
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)  # headers["x-respan-signature"]`;

const NODE = `import { createHmac, timingSafeEqual } from 'node:crypto';

export function isFromRespan(body, signature, secret) {
  const expected = createHmac('sha256', secret).update(body).digest('hex');
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}`;

export function HowToVerify() {
  return (
    <Card>
      <CardHeader
        title="How to receive"
        description="Each log arrives as the API answers it, with event_type new_request_log. Answer with 200 to 299 within 10 seconds; anything else is tried again for hours. A log may arrive twice and out of order: tell by its unique_id. Check the signature before you trust the body."
      />
      <CardBody className="flex flex-col gap-3">
        <CodeBlock title="Python" code={PYTHON} />
        <CodeBlock title="Node.js" code={NODE} />
      </CardBody>
    </Card>
  );
}
