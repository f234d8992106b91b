'use client';

import { ThemeScript } from '@/components/layout/theme-script';
import { ThemeSync } from '@/components/layout/theme-sync';
import { Button } from '@/components/ui/button';
import './globals.css';

/** Stands in when the layout itself failed, so it brings its own document. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <title>Something failed · Respan</title>
        <ThemeScript />
      </head>
      <body className="grid min-h-dvh place-items-center p-6 font-sans">
        <ThemeSync />
        <div className="w-full max-w-[420px]">
          <h1 className="font-medium text-xl">Respan could not be shown</h1>
          <p className="mt-2 mb-6 text-base text-muted-foreground">
            Something failed on our side. Calls through the gateway are not affected. The server log has the details.
          </p>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        </div>
      </body>
    </html>
  );
}
