import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { docsPages } from '@/app/docs/library';
import { publicOrigin } from '@/app/origin';
import { DocsArticle } from '@/components/docs/docs-article';
import { DocsFrame } from '@/components/docs/docs-frame';
import { OnThisPage } from '@/components/docs/on-this-page';
import { ConnectMcp } from '@/components/snippets/connect-mcp';
import { fillPage, pageAsText } from '@/lib/docs/fill';
import { outlineOf } from '@/lib/docs/outline';

interface DocsPageProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: DocsPageProps): Promise<Metadata> {
  const { slug } = await params;
  const page = (await docsPages()).find((one) => one.slug === slug);
  if (!page) return {};
  const { title, description } = fillPage(page, await publicOrigin());
  return { title: `${title} · Docs`, description, alternates: { types: { 'text/markdown': `/docs/${slug}.md` } } };
}

export default async function Page({ params }: DocsPageProps) {
  const [{ slug }, pages, origin] = await Promise.all([params, docsPages(), publicOrigin()]);
  const at = pages.findIndex((one) => one.slug === slug);
  const page = pages[at];
  if (!page) notFound();
  const headings = outlineOf(page.markdown);
  return (
    <DocsFrame pages={pages} current={slug} aside={<OnThisPage headings={headings} />}>
      <DocsArticle
        page={fillPage(page, origin)}
        headings={headings}
        text={pageAsText(page, origin)}
        previous={pages[at - 1] ?? null}
        next={pages[at + 1] ?? null}
        extra={slug === 'mcp-servers' ? <ConnectMcp title="Add it with one click" origin={origin} /> : null}
      />
    </DocsFrame>
  );
}
