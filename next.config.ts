import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // The gateway and its journal live in server.ts; Next only ever sees pages, actions and the dashboard API.
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', '@pydantic/genai-prices'],
};

export default config;
