// Runs before the first paint, so that the page never flashes in the wrong theme; then follows the choice and the system.
const SCRIPT = `(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let theme = null;
    try { theme = localStorage.getItem('theme'); } catch {}
    if (theme !== 'light' && theme !== 'dark') theme = dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme;
  };
  apply();
  dark.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('respan:theme', apply);
})();`;

export function ThemeScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; a script file would arrive after the first paint.
  return <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
