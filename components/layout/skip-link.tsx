/** The first thing a keyboard reaches: past the navigation, to the page. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-popover focus:px-3 focus:py-2 focus:font-medium focus:shadow-float"
    >
      Skip to content
    </a>
  );
}
