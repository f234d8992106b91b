import { notFound } from 'next/navigation';
import { answerText } from '@/app/docs/answer-text';
import { docsPages } from '@/app/docs/library';
import { publicOrigin } from '@/app/origin';
import { pageAsText } from '@/lib/docs/fill';

interface MarkdownProps {
  params: Promise<{ slug: string }>;
}

/** A page as markdown: /docs/quickstart.md leads here. */
export async function GET(_: Request, { params }: MarkdownProps): Promise<Response> {
  const { slug } = await params;
  const page = (await docsPages()).find((one) => one.slug === slug);
  if (!page) notFound();
  return answerText(pageAsText(page, await publicOrigin()), 'text/markdown');
}
