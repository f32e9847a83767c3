/** Colours by name, on a light and on a dark page. Text has a contrast of at least 4.5 to what it stands on, marks of 3. */
export const COLOURS = {
  page: ["#f5f7f9", "#11161c"],
  surface: ["#ffffff", "#181f27"],
  raised: ["#eef2f6", "#212a34"],
  line: ["#d5dde5", "#323d49"],
  ink: ["#16202b", "#e9eef3"],
  muted: ["#51606f", "#a3b1bf"],
  accent: ["#1f5fbf", "#7fb2ff"],
  "accent-soft": ["#e6eefa", "#1f2f47"],
  "on-accent": ["#ffffff", "#0c1521"],
  good: ["#1c6b43", "#6fcf9b"],
  "good-soft": ["#e4f3ea", "#173226"],
  warn: ["#7f5200", "#f0bd62"],
  "warn-soft": ["#fbf1dc", "#382b13"],
  bad: ["#a92a22", "#ff9a8f"],
  "bad-soft": ["#fbe9e7", "#3f1f1d"],
  edge: ["#8d9aa8", "#6b7987"],
  service: ["#1f5fbf", "#7fb2ff"],
  entry: ["#6d3fb0", "#c3a1f5"],
  store: ["#0f6e6e", "#63c9c4"],
  running: ["#a2470f", "#f2a36d"],
  storage: ["#3f6a1c", "#9fce71"],
  program: ["#5a6675", "#a3b1bf"],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

/** Colours as custom properties that follow the colour scheme of the page. */
export function colourProperties(): string {
  const properties = Object.entries(COLOURS).map(([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`);
  return `:root { ${properties.join(" ")} }`;
}

/** A style sheet with its colours written out, for viewers that know no custom properties: light, and dark where that is preferred. */
export function withColours(css: string): string {
  const written = (scheme: 0 | 1) =>
    css.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => (name in COLOURS ? COLOURS[name as keyof typeof COLOURS][scheme] : whole));
  return `${written(0)}\n@media (prefers-color-scheme: dark) {\n${written(1)}\n}`;
}
