import { expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { minuteInput } from '../../src/intake.ts'
import { runLine } from '../../src/pipeline.ts'
import { parseLine } from '../../src/store/line-protocol.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'

const AT = Date.UTC(2026, 5, 14, 12)
const TOPIC = '/open/account/M109ZAB4Z000001F/quota'

/** Shares in the minute after these packs told their current (mA). */
const sharesOf = (...currents: number[]): number[] => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  currents.forEach((amp, i) => {
    const message = { moduleSn: `M102Z3B4ZE6H000${i}`, params: { amp, vol: 52_000 } }
    runLine(track, { at: AT - 1000 + i, source: 'mqtt', topic: TOPIC, bytes: Buffer.from(JSON.stringify(message)) })
  })
  const lines = runLine(track, minuteInput(AT, 0, 1))
    .raw.split('\n')
    .slice(0, -1)
    .map(parseLine)
  return lines.flatMap(({ fields }) => (typeof fields.share_ratio === 'number' ? [fields.share_ratio] : []))
}

it('tells how packs share the current', () => {
  expect(sharesOf(-17_000, -3_000)).toEqual([0.85, 0.15])
  expect(sharesOf(6_000, 6_000, -2_000)).toEqual([0.6, 0.6, -0.2])
})

it('says nothing of one pack alone, or of packs that stand still', () => {
  expect(sharesOf(-17_000)).toEqual([])
  expect(sharesOf(900, -800)).toEqual([])
})
