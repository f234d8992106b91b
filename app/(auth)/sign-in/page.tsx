import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthColumn } from '@/components/auth/auth-column';
import { SignInForm } from '@/components/auth/sign-in-form';
import { TextLink } from '@/components/ui/text-link';
import { findContext } from '@/lib/auth/guards';
import { safeNextPath } from '@/lib/auth/next-path';
import { isFreshInstallation } from '@/lib/organizations/queries';
import { signIn } from '../actions';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams;
  const nextPath = safeNextPath(typeof next === 'string' ? next : null);
  if (await findContext()) redirect(nextPath);
  if (await isFreshInstallation()) redirect('/sign-up');
  return (
    <AuthColumn
      title="Sign in to Respan"
      footer={
        <>
          No account yet? <TextLink href="/sign-up">Create one</TextLink>
        </>
      }
    >
      <SignInForm action={signIn} next={nextPath} />
    </AuthColumn>
  );
}
