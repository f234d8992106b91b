import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Rgb = readonly [number, number, number];
type Lab = Rgb;

const css = readFileSync('app/globals.css', 'utf8');
const light = tokensOf(':root {');
const dark = { ...light, ...tokensOf('[data-theme="dark"] {') };
const CHARTS = Array.from({ length: 8 }, (_, index) => `chart-${index + 1}`);

/** Text and the surfaces it stands on. */
const TEXT_ON: readonly (readonly [string, readonly string[]])[] = [
  ['foreground', ['background', 'card', 'popover', 'sidebar', 'muted', 'hover', 'nav-current', 'accent-surface']],
  ['muted-foreground', ['background', 'card', 'popover', 'sidebar', 'muted', 'hover']],
  ['accent', ['background', 'card', 'popover', 'accent-surface', 'nav-current']],
  ['success', ['background', 'card', 'popover', 'success-surface']],
  ['warning', ['background', 'card', 'popover', 'warning-surface']],
  ['danger', ['background', 'card', 'popover', 'hover', 'danger-surface']],
  ['primary-foreground', ['primary', 'primary-hover']],
  ['danger-foreground', ['danger-solid', 'danger-hover']],
  ['tooltip-foreground', ['tooltip']],
];

describe.each([
  { theme: 'light', tokens: light },
  { theme: 'dark', tokens: dark },
])('$theme tokens', ({ tokens }) => {
  test.each(TEXT_ON)('%s reaches 4.5:1 wherever it stands', (text, surfaces) => {
    for (const surface of surfaces) {
      expect(contrast(color(tokens, text), color(tokens, surface)), `${text} on ${surface}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  test('the focus ring and the edges of controls reach 3:1 and 1.3:1', () => {
    for (const surface of ['background', 'card', 'popover', 'sidebar']) {
      expect(contrast(color(tokens, 'ring'), color(tokens, surface)), surface).toBeGreaterThanOrEqual(3);
      expect(contrast(color(tokens, 'border-strong'), color(tokens, surface)), surface).toBeGreaterThanOrEqual(1.3);
    }
  });

  test.each(Object.entries(visions()))('chart colours stay apart for %s eyes', (_name, seen) => {
    for (const [index, a] of CHARTS.entries()) {
      for (const b of CHARTS.slice(index + 1)) {
        const apart = distance(oklab(seen(color(tokens, a))), oklab(seen(color(tokens, b))));
        expect(apart, `${a} and ${b}`).toBeGreaterThanOrEqual(0.085);
      }
    }
  });

  test('chart colours stand out from a card', () => {
    for (const name of CHARTS) {
      expect(contrast(color(tokens, name), color(tokens, 'card')), name).toBeGreaterThanOrEqual(2.2);
    }
  });
});

/** Machado, Oliveira, Fernandes 2009, severity 1. */
function visions(): Record<string, (rgb: Rgb) => Rgb> {
  return {
    ordinary: (rgb) => rgb,
    protanopic: through([0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
    deuteranopic: through([0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881]),
    tritanopic: through([1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]),
  };
}

function through(m: readonly number[]): (rgb: Rgb) => Rgb {
  return (rgb) => {
    const row = (i: number) => rgb.reduce((sum, channel, j) => sum + channel * (m[i * 3 + j] ?? 0), 0);
    return [clamp(row(0)), clamp(row(1)), clamp(row(2))];
  };
}

function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(selector);
  const block = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** A token as linear sRGB. */
function color(tokens: Record<string, string>, name: string): Rgb {
  const match = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(tokens[name] ?? '');
  if (!match) throw new Error(`--${name} is not an opaque oklch colour: ${tokens[name]}`);
  const [lightness = 0, chroma = 0, hue = 0] = match.slice(1).map(Number);
  const angle = (hue * Math.PI) / 180;
  return linearRgb([lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]);
}

function linearRgb([l, a, b]: Lab): Rgb {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clamp(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clamp(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clamp(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

function oklab([r, g, b]: Rgb): Lab {
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function distance(a: Lab, b: Lab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [a, b].map(luminance).sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function clamp(channel: number): number {
  return Math.min(Math.max(channel, 0), 1);
}
