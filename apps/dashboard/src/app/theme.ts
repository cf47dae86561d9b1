import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Lading's own blue-green, from paper to ink. Shade 7 on white and shade 3 on dark have more than 4.5 : 1. */
const harbour: MantineColorsTuple = [
  '#e8f5f8',
  '#d3e8ee',
  '#a6d1de',
  '#7ac0d2',
  '#4ba5bf',
  '#2388a8',
  '#12708f',
  '#0b5b78',
  '#0b4f6c',
  '#083b52',
];

const FONTS =
  '"Inter", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MONOSPACE = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 6 },
  colors: { harbour },
  fontFamily: FONTS,
  fontFamilyMonospace: MONOSPACE,
  headings: { fontFamily: FONTS, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } },
  },
});

const TINTS = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'harbour'];

/** Text of Mantine's light variants and dimmed text, dark enough to read (WCAG AA) on every surface of ours. */
export const resolveColors: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56606b',
    '--mantine-color-placeholder': '#66707a',
    '--mantine-color-anchor': colors['harbour']?.[7] ?? '',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-body': '#ffffff',
    '--lading-canvas': '#f5f7f9',
    '--lading-border': '#e1e6ea',
    ...Object.fromEntries(TINTS.map((tint) => [`--mantine-color-${tint}-light-color`, darkInk(tint, colors[tint])])),
  },
  dark: {
    '--mantine-color-dimmed': '#a9b2bb',
    '--mantine-color-placeholder': '#98a1aa',
    '--mantine-color-anchor': colors['harbour']?.[3] ?? '',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-body': '#171b20',
    '--lading-canvas': '#101317',
    '--lading-border': '#2c333b',
    ...Object.fromEntries(TINTS.map((tint) => [`--mantine-color-${tint}-light-color`, colors[tint]?.[2] ?? ''])),
  },
});

/** Yellow and orange have no shade of their own that is readable on their tint. */
function darkInk(tint: string, shades: MantineColorsTuple | undefined): string {
  if (tint === 'yellow') return '#7a4d00';
  if (tint === 'orange') return '#9a3c00';
  if (tint === 'green') return '#1c6b2c';
  if (tint === 'teal') return '#04694d';
  return shades?.[9] ?? '';
}
