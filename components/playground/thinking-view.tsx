/** Thinking, folded: it is long, and read now and then. */
export function ThinkingView({ text, open = false }: { text: string; open?: boolean }) {
  if (text === '') return <p className="text-muted-foreground text-xs">Thinking, not shown by the provider</p>;
  return (
    <details open={open}>
      <summary className="cursor-pointer text-muted-foreground text-xs">Thinking</summary>
      <p className="mt-1 whitespace-pre-wrap break-words border-l pl-3 text-muted-foreground text-sm">{text}</p>
    </details>
  );
}
