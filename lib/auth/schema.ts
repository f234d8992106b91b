import { z } from 'zod';
import { emailSchema } from '@/lib/organizations/schema';

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, 'Enter your password.').max(200, 'This is longer than any password here.'),
});

export type SignInInput = z.input<typeof signInSchema>;
