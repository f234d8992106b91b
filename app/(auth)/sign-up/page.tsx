import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthColumn } from '@/components/auth/auth-column';
import { SignUpForm } from '@/components/auth/sign-up-form';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { findContext } from '@/lib/auth/guards';
import { isFreshInstallation } from '@/lib/organizations/queries';
import { signUp } from '../actions';

export const metadata: Metadata = { title: 'Create your account' };

export default async function SignUpPage() {
  if (await findContext()) redirect('/dashboard');
  const fresh = await isFreshInstallation();
  return (
    <AuthColumn
      title="Create your account"
      footer={
        fresh ? null : (
          <>
            Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
          </>
        )
      }
    >
      {fresh && <Notice className="mb-5">You are the first here: this account will own the installation.</Notice>}
      <SignUpForm action={signUp} />
    </AuthColumn>
  );
}
