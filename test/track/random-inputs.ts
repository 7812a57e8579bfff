/** Random histories of a kit: pushes, polls, minutes, status words and lists, at odd intervals, with odd values. */
import fc from 'fast-check'
import type { Input } from '../../src/store/record.ts'
import { DCIN, DCOU, KIT, minuteInput, PACK, pollInput, pushInput, START } from './virtual-line.ts'

const wire = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1, max: 60_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 255, 65_535, 143_999, 10_007, 10_000, 50_003, 50_000) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('x', null, true, 1e300, [1, 2], { a: 1 }) },
)

const fieldNames: Readonly<Record<string, readonly string[]>> = {
  [DCIN]: ['dcInVol', 'dcInCurr', 'errCode', 'chgMaxCurr', 'workMode', 'bpOnlinePos', 'news', 'batVol'],
  [DCOU]: ['ldOutVol', 'ldOutCurr', 'dcOutSta', 'errCode', 'cfgVolTag', 'hs1Temp'],
  [PACK]: [
    'soc',
    'amp',
    'errCode',
    'bmsFault',
    'chgState',
    'remainTime',
    'inWatts',
    'outWatts',
    'totalSoc',
    'totalAmp',
  ],
}
const kinds: Readonly<Record<string, string>> = { [DCIN]: 'bbcin', [DCOU]: 'bbcout', [PACK]: 'bp5000' }

const told = fc.constantFrom(DCIN, DCOU, PACK).chain((sn) =>
  fc.record({
    sn: fc.constant(sn),
    fields: fc.dictionary(fc.constantFrom(...fieldNames[sn]!), wire, { maxKeys: 5, noNullPrototype: true }),
  }),
)

const listed = fc
  .subarray([DCIN, DCOU, PACK])
  .chain((sns) =>
    fc.constantFrom('1.1', '1.2').map((moduleVersion) => sns.map((moduleSn) => ({ moduleSn, moduleVersion }))),
  )

type Step = (at: number) => Input

const statusInput = (at: number, status: number): Input => ({
  at,
  source: 'mqtt',
  topic: `/open/account/${KIT}/status`,
  bytes: Buffer.from(JSON.stringify({ id: String(at), timestamp: at, params: { status } })),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: told.map(
      ({ sn, fields }): Step =>
        (at) =>
          pushInput(at, sn, fields),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.array(told, { maxLength: 3 }).map(
      (tellings): Step =>
        (at) =>
          pollInput(at, {
            bmsTotal: { totalSoc: tellings.length },
            ...Object.fromEntries(tellings.map(({ sn, fields }) => [kinds[sn]!, { [sn]: fields }])),
          }),
    ),
  },
  {
    weight: 1,
    arbitrary: listed.map(
      (onLineModuleSnList): Step =>
        (at) =>
          pollInput(at, { onLineModuleSnList }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1).map(
      (status): Step =>
        (at) =>
          statusInput(at, status),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>((at) => minuteInput((Math.floor(at / 60_000) + 1) * 60_000)) },
)

/** Inputs in order of time; some share a millisecond, some lie a gap apart. */
export const histories = fc
  .array(fc.tuple(step, fc.constantFrom(0, 1, 900, 10_000, 61_000, 400_000)), { minLength: 1, maxLength: 60 })
  .map((steps) => {
    let at = START
    return steps.map(([make, wait]) => {
      const input = make(at + wait)
      at = Math.max(at, input.at)
      return input
    })
  })
