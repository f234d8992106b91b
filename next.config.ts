import type { NextConfig } from 'next';

/** Addresses of the hosted product's pages, so that links in its documentation lead to ours. */
const HOSTED_PAGES = {
  '/platform/dashboard': '/dashboard',
  '/platform/requests': '/logs',
  '/platform/logs': '/logs',
  '/platform/playground': '/playground',
  '/platform/api/api-keys': '/settings/api-keys',
  '/platform/api/integrations': '/settings/integrations',
  '/platform/api/providers': '/settings/integrations',
  '/platform/users': '/customers',
  '/platform/monitors': '/alerts',
  '/platform/api/notifications': '/alerts',
  '/platform/api/webhooks': '/settings/webhooks',
  '/platform/api/load-balance': '/settings/load-balancing',
  '/platform/api/credits': '/settings/credits',
};

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
];

const config: NextConfig = {
  poweredByHeader: false,
  // In development Next prints what server actions are called with, and some are called with provider keys.
  logging: { serverFunctions: false },
  // Types are checked by npm test; checking them again would only make every first start slower.
  typescript: { ignoreBuildErrors: true },
  // The gateway and its journal live in server.ts; Next only ever sees pages, actions and the dashboard API.
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', '@pydantic/genai-prices', 'nodemailer'],
  redirects: async () =>
    Object.entries(HOSTED_PAGES).map(([source, destination]) => ({ source, destination, permanent: false })),
  // Every page of the documentation as markdown.
  rewrites: async () => [{ source: '/docs/:slug([\\w-]+).md', destination: '/docs/markdown/:slug' }],
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
};

export default config;
