import { z } from 'zod';

export const MIN_PASSWORD_LENGTH = 10;

// Of the passwords most often found in leaks, those long enough to pass the length rule.
const COMMON_PASSWORDS = new Set([
  '0123456789',
  '1111111111',
  '123123123123',
  '1234567890',
  '12345678910',
  '123456789a',
  '1234512345',
  '0987654321',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghij',
  'administrator',
  'changemeplease',
  'iloveyou123',
  'letmein1234',
  'password12',
  'password123',
  'password1234',
  'passwordpassword',
  'qwerty12345',
  'qwertyqwerty',
  'qwertyuiop',
  'welcome1234',
]);

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'Enter your email address.')
  .max(254, 'An email address has at most 254 characters.')
  .pipe(z.email('Enter an address like ada@example.com.'));

export const passwordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `Use at least ${MIN_PASSWORD_LENGTH} characters.`)
  .max(200, 'Use at most 200 characters.')
  .refine((password) => !isCommon(password), 'This password is among the most guessed ones. Choose another one.');

const optionalName = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .transform((name) => name || undefined)
    .optional();

export const signUpSchema = z
  .object({
    name: optionalName(80),
    email: emailSchema,
    password: passwordSchema,
    organizationName: optionalName(80),
  })
  .refine((input) => !isFromEmail(input.password, input.email), {
    path: ['password'],
    message: 'Choose a password that is not your email address.',
  });

export type SignUpInput = z.input<typeof signUpSchema>;

function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  return COMMON_PASSWORDS.has(plain) || new Set(plain).size === 1;
}

function isFromEmail(password: string, email: string): boolean {
  const plain = password.trim().toLowerCase();
  return plain === email || plain === email.split('@')[0];
}
