/** A word for how something is, with a shape, so that colour is never alone. */

const SIGNS = { good: '●', watch: '◆', bad: '▲' } as const

export type Tone = keyof typeof SIGNS

export const Mark = ({ tone, word }: { tone: Tone; word: string }) => (
  <span class={`badge is-${tone}`}>
    <span aria-hidden="true">{SIGNS[tone]}</span> {word}
  </span>
)
