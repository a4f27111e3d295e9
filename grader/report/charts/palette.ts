/**
 * Colours of the light theme. The page's stylesheet matches each of them by attribute and replaces it in
 * the dark theme, so a chart needs no script and is still a complete picture without the stylesheet.
 */
export const palette = {
  ink: '#1c1f24',
  muted: '#5c636d',
  rule: '#e2e4e8',
  blue: '#2b5fc7',
  orange: '#c4560f',
  grey: '#8a9099',
} as const;
