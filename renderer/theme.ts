import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent of the window: a deep ultramarine, from its lightest tint to its darkest shade. */
const accent: MantineColorsTuple = [
  '#eef1fe',
  '#dbe1fb',
  '#b5c1f6',
  '#8d9ff1',
  '#6b82ec',
  '#4a63dd',
  '#3550c8',
  '#2a41a8',
  '#213486',
  '#182765',
];

/** The component library in the clothes of the till; colours of surfaces and text are in styles/tokens.css. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent },
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
});
