/** Rows that are not a module's own values have the fields of the table, and no others. */
import { expect, it } from 'vitest'
import { COVERED, lastName, maxName, minName } from '../../src/catalogue/hourly-form.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { namesOf } from '../../src/catalogue/names.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { runLine } from '../../src/pipeline.ts'
import { parseLine } from '../../src/store/line-protocol.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'
import { makeRecording } from '../faults/recording.ts'

const names = namesOf(MODULES)

/** Names written that the promise does not hold. */
const strangers = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const { measurement, tags, fields } = parseLine(line)
    const promised = names[measurement]
    const own = Object.keys(promised?.fields ?? {})
    const ofHours = promised?.hourly
      ? [COVERED, ...own.flatMap((name) => [minName, maxName, lastName].map((of) => of(name)))]
      : []
    const known = new Set([...own, ...ofHours])
    const tagged = Object.keys(tags).every((tag) => promised?.tags.includes(tag))
    return [...(tagged ? [] : [`tags of ${measurement}`]), ...Object.keys(fields).filter((name) => !known.has(name))]
  })

it('writes no name that is not promised', () => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const lines: string[] = []
  for (const input of makeRecording({ kits: 3, minutes: 70, seed: 8 })) {
    const { raw, history } = runLine(track, input)
    lines.push(...`${raw}${history}`.split('\n').filter((line) => line !== ''))
  }
  expect(lines.length).toBeGreaterThan(10_000)
  expect([...new Set(strangers(lines))]).toEqual([])
})

it('would notice a name that is not', () => {
  expect(strangers(['kit,kit_sn=a soc_percent=1 1', 'kit,site=b soc_pct=1 1'])).toEqual(['soc_percent', 'tags of kit'])
})
