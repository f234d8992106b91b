import { Eraser, Undo2 } from 'lucide-react';
import { Button } from '../ui/button';

interface UndoButtonsProps {
  /** Null where there is nothing to bring back. */
  onUndo: (() => void) | null;
  onClear: () => void;
}

export function UndoButtons({ onUndo, onClear }: UndoButtonsProps) {
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Undo"
        title="Bring back what was here before it was cleared, cut or replaced"
        disabled={!onUndo}
        onClick={() => onUndo?.()}
      >
        <Undo2 aria-hidden />
      </Button>
      <Button variant="ghost" size="icon" aria-label="Clear" title="Begin with an empty playground" onClick={onClear}>
        <Eraser aria-hidden />
      </Button>
    </>
  );
}
