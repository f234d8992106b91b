'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { copyText } from './copy-text';
import { useToast } from './toast';

interface CopyButtonProps extends Omit<ButtonProps, 'value' | 'onClick' | 'children'> {
  value: string;
  /** What is copied: "Copy key". Visible unless the size is an icon's. */
  label?: string;
  onCopied?: () => void;
}

export function CopyButton({
  value,
  label = 'Copy',
  size = 'icon-sm',
  variant = 'ghost',
  onCopied,
  ...props
}: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const toast = useToast();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    if (await copyText(value)) {
      setCopied(true);
      onCopied?.();
    } else {
      toast({
        tone: 'danger',
        title: 'Not copied',
        description: 'The browser refused. Select the text and copy it by hand.',
      });
    }
  }

  const iconOnly = size === 'icon' || size === 'icon-sm';
  const Icon = copied ? Check : Copy;
  return (
    <Button {...props} variant={variant} size={size} onClick={copy} aria-label={iconOnly ? label : undefined}>
      <Icon aria-hidden className={copied ? 'text-success' : undefined} />
      {!iconOnly && (copied ? 'Copied' : label)}
      <span className="sr-only" aria-live="polite">
        {copied && iconOnly ? 'Copied' : ''}
      </span>
    </Button>
  );
}
