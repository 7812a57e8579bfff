/** Random histories of a kit: pushes, polls, minutes, status words, lists, and ticks of every kind, at odd intervals, with odd values. */
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

const tickInput = (at: number, topic: string, content: unknown = ''): Input => ({
  at,
  source: 'tick',
  topic,
  bytes: Buffer.from(JSON.stringify(content)),
})

const devicesInput = (at: number, online: unknown): Input => ({
  at,
  source: 'http',
  topic: '/iot-open/sign/device/list',
  bytes: Buffer.from(JSON.stringify({ code: '0', data: [{ sn: KIT, online }, { sn: 'other' }, null] })),
})

/** A snapshot that stands still or moves, with or without power. */
const snapshotStep = fc
  .record({ soc: fc.constantFrom(70, 70, 71), inWatts: fc.constantFrom(0, 5, 300), lspl: fc.constantFrom(0, 1) })
  .map(
    ({ soc, inWatts, lspl }): Step =>
      (at) =>
        pollInput(at, { bp5000: { [PACK]: { soc, inWatts } }, iclow: { 'M1095-PSDL-11223': { lsplFlag: lspl } } }),
  )

const ownStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((at) => tickInput(at, 'start')),
  fc.constant<Step>((at) => tickInput(at, 'cloud/down', { kits: [KIT, 'other'], text: 'Nobody answered.' })),
  fc.constant<Step>((at) => tickInput(at, 'cloud/up', { kits: [KIT] })),
  fc.constantFrom(-5_000, 30_000, 900_000).map(
    (ms): Step =>
      (at) =>
        tickInput(at + Math.max(0, ms), `clock/${ms}`),
  ),
  fc.constantFrom('Europe/Berlin', 'America/New_York').map(
    (timeZone): Step =>
      (at) =>
        tickInput(at, 'fleet', { [KIT]: { name: 'Van', timeZone }, '*': { timeZone: 'UTC' } }),
  ),
)

/** Without lost records, whose stretch is another's affair. */
const quiet: readonly { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
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
  { weight: 4, arbitrary: snapshotStep },
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
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(0, '1', 'x').map(
      (online): Step =>
        (at) =>
          devicesInput(at, online),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((at) => ({ ...pushInput(at, PACK, {}), bytes: Buffer.from('{') })),
  },
  { weight: 2, arbitrary: ownStep },
  { weight: 3, arbitrary: fc.constant<Step>((at) => minuteInput((Math.floor(at / 60_000) + 1) * 60_000)) },
]

const lossStep = fc.integer({ min: 0, max: 400_000 }).map(
  (ms): Step =>
    (at) =>
      tickInput(at, 'loss', { records: 3, fromAt: at - ms, toAt: at }),
)

const historiesOf = (steps: readonly { weight: number; arbitrary: fc.Arbitrary<Step> }[]) =>
  fc
    .array(fc.tuple(fc.oneof(...steps), fc.constantFrom(0, 1, 900, 10_000, 61_000, 400_000, 4_000_000)), {
      minLength: 1,
      maxLength: 60,
    })
    .map((made) => {
      let at = START
      return made.map(([make, wait]) => {
        const input = make(at + wait)
        at = Math.max(at, input.at)
        return input
      })
    })

/** Inputs in order of time; some share a millisecond, some lie a gap apart. */
export const histories = historiesOf([...quiet, { weight: 1, arbitrary: lossStep }])

/** The same, with no records lost. */
export const losslessHistories = historiesOf(quiet)
