// Runs before the first paint, so that the page never flashes in the wrong theme. From then on ThemeSync follows.
const SCRIPT = `(() => {
  let theme = null;
  try { theme = localStorage.getItem('theme'); } catch {}
  if (theme !== 'light' && theme !== 'dark') theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
})();`;

export function ThemeScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; a script file would arrive after the first paint.
  return <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
