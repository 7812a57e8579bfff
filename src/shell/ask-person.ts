/** A question to the person at the terminal, with numbered answers. */
import { createInterface } from 'node:readline/promises'
import type { AskPerson } from './choose-kit.ts'

interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}

/** Asks until one of the numbers is given; undefined where nobody sits at the terminal. */
export const askPerson = ({ input, output }: Terminal): AskPerson => {
  if (!input.isTTY || !output.isTTY) return undefined
  return async (question, choices) => {
    const lines = createInterface({ input, output })
    const list = choices.map((choice, index) => `${String(index + 1).padStart(3)}  ${choice}`)
    try {
      for (;;) {
        const given = await lines.question(`${[...list, question].join('\n')} `)
        const chosen = Number(given.trim())
        if (Number.isInteger(chosen) && chosen >= 1 && chosen <= choices.length) return chosen - 1
      }
    } finally {
      lines.close()
    }
  }
}
