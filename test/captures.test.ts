/**
 * Every folder of captures/ is a case: `message.json` what came in (one input or a list, each with topic, source and
 * time), `expected.lp` the lines that must come out, `about.md` what the case shows. Lines that begin with # say which
 * input and bucket they belong to, why an input was rejected, and what became of the wire values.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MODULES } from '../src/catalogue/modules.ts'
import { createCatalogue } from '../src/catalogue/vocabulary.ts'
import { type Counters, createCounters } from '../src/counters.ts'
import { runLine } from '../src/pipeline.ts'
import { parseLine } from '../src/store/line-protocol.ts'
import type { InputSource } from '../src/store/record.ts'
import { createState } from '../src/track/state.ts'
import { createTrack } from '../src/track/track.ts'

/** `message` is the JSON as it came, `text` what is no JSON, `file` bytes beside it that are no text either. */
interface Received {
  readonly topic: string
  readonly source: InputSource
  readonly at: number
  readonly message?: unknown
  readonly text?: string
  readonly file?: string
}

const FOLDER = new URL('captures/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, FOLDER), 'utf8')
const catalogue = createCatalogue(MODULES)

const bytesOf = (name: string, { message, text, file }: Received): Uint8Array =>
  file === undefined ? Buffer.from(text ?? JSON.stringify(message)) : readFileSync(new URL(`${name}/${file}`, FOLDER))

const since = (counters: Counters, before: Counters, name: string): string[] =>
  [...counters].flatMap(([key, value]) => {
    const by = value - (before.get(key) ?? 0)
    return key.startsWith(`${name}{`) && by > 0 ? [`${key.slice(name.length + 1, -1)} ${by}`] : []
  })

const linesOf = (name: string, inputs: readonly Received[]): string => {
  const counters = createCounters()
  const track = createTrack(createState(), catalogue, counters)
  let text = ''
  inputs.forEach((input, i) => {
    const before = new Map(counters)
    const { raw, history } = runLine(track, { ...input, bytes: bytesOf(name, input) })
    const said = ['rejected', 'values'].flatMap((counter) => {
      const changes = since(counters, before, counter)
      return changes.length > 0 ? [`${counter} ${changes.join(', ')}`] : []
    })
    text += `# ${i + 1}: ${said.join('; ') || 'no values'}\n`
    if (raw !== '') text += `# ${i + 1} raw\n${raw}`
    if (history !== '') text += `# ${i + 1} history\n${history}`
  })
  return text
}

const names = readdirSync(FOLDER).sort()

it('has cases', () => {
  expect(names.length).toBeGreaterThan(40)
})

it.each(names)('%s', (name) => {
  const received = JSON.parse(read(`${name}/message.json`)) as Received | Received[]
  const lines = linesOf(name, [received].flat())
  expect(lines).toBe(read(`${name}/expected.lp`))
  for (const line of lines.split('\n')) if (line !== '' && !line.startsWith('#')) parseLine(line)
  expect(read(`${name}/about.md`).length).toBeGreaterThan(40)
})
