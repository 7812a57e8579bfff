/** Records whose every part tells their identity. */
import type { Input, Lines, SpoolRecord } from '../../src/store/record.ts'

export const START = Date.UTC(2026, 10, 22, 12)

export const inputOf = (id: number, size = 40): Input => ({
  at: START + id,
  source: id % 60 === 0 ? 'tick' : 'mqtt',
  topic: `/open/account/KT00TEST${id % 7}/quota`,
  bytes: Buffer.from(`${id} `.repeat(Math.ceil(size / 4))),
  ...(id % 5 === 0 && { isDuplicate: true }),
})

export const linesOf = (id: number): Lines => ({
  raw: id % 3 === 0 ? '' : `battery,kit_sn=KT ä_v=${id} ${START + id}\n`,
  history: id % 4 === 0 ? `gap,kit_sn=KT duration_s=${id} ${START + id}\n` : '',
})

/** Of a record made by `inputOf` and `linesOf`; throws when its parts disagree. */
export const idOf = ({ input, lines }: SpoolRecord): number => {
  const id = input.at - START
  const made = { input: inputOf(id, 0), lines: linesOf(id) }
  const isOwn =
    Buffer.from(input.bytes).toString().startsWith(`${id} `) &&
    input.topic === made.input.topic &&
    input.source === made.input.source &&
    input.isDuplicate === made.input.isDuplicate &&
    lines.raw === made.lines.raw &&
    lines.history === made.lines.history
  if (!isOwn) throw new Error(`record ${id} came back changed: ${JSON.stringify({ input, lines })}`)
  return id
}
