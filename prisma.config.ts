import { defineConfig } from 'prisma/config';

// `generate` and `validate` never run the schema engine, but the command line downloads it first.
// Pointing it at any existing file keeps both working without internet; migrations are ours (lib/db/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed.ts' },
});
