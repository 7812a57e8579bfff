/** Colours of lines that are many of a kind: tokens of history.css, told apart by lightness too. */

const COLOURS = 8

export const lineColour = (index: number): string => `--line-${(index % COLOURS) + 1}`
