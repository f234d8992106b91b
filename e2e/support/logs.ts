import { expect, type Page } from '@playwright/test';

/** Waits until a log is written, a moment after its answer, so that every page shows it from now on. */
export async function untilLogged(page: Page, ...ids: readonly (string | null)[]): Promise<void> {
  for (const id of ids) {
    await expect
      .poll(async () => (await (await page.request.get(`/api/dashboard/first-log?id=${id}`)).json()).log?.id)
      .toBe(id);
  }
}
