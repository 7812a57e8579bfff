/**
 * For each rule a kit's life that it should tell of: all is well, then something is not, then all is well again. Reports
 * go through the real line, and the evaluator looks at its rows each minute with the rules as they are by default.
 */
import { askMissing, askRow, rulesOf } from '../../src/alerts/evaluate.ts'
import { noticeOf } from '../../src/alerts/notice.ts'
import type { Change, Standings, WatchedRow } from '../../src/alerts/standing.ts'
import { collectorWatched, kitRows } from '../../src/alerts/watched-rows.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import type { Point } from '../../src/store/line-protocol.ts'
import { createLine, KIT, PACK, START, type VirtualLine } from '../track/virtual-line.ts'

const SECOND_PACK = 'M101Z3B4ZE5K0032'
const MAINS = 'M1095-PSDH-4K071'
const PANEL = 'M10E1-LDAC-4E7D2'
const CHARGER = 'M1096-MPPT-4D2B3'
const CALM_MINUTES = 15
const MINUTE = 60_000

type Told = Readonly<Record<string, object>>

export interface Life {
  /** What goes wrong, for a person. */
  readonly is: string
  /** How long it does (min), and how long all is well again afterwards. */
  readonly wrong: number
  readonly after?: number
  readonly site?: object
  /** What modules push every ten seconds while all is well, beside the first pack, and while it is not. */
  readonly well?: Told
  readonly ill?: Told
  /** Nothing is pushed while it is not well. */
  readonly isMute?: true
  /** What else comes in at a minute (from 0), in which all is well or not. */
  readonly also?: (line: VirtualLine, minute: number, isWell: boolean) => void
  /** The collector's own row while it is not well. */
  readonly own?: Readonly<Record<string, number>>
}

const pack = {
  soc: 50,
  minCellVol: 3_260,
  maxCellVol: 3_310,
  maxCellTemp: 21,
  minCellTemp: 19,
  amp: 5_000,
  chgSetSoc: 90,
}
const mains = (inWatts: number) => ({ [MAINS]: { inWatts, inVol: inWatts > 0 ? 231_000 : 0 } })
const sun = (pv1InWatts: number) => ({
  [CHARGER]: {
    pv1InVol: pv1InWatts * 100,
    pv1InCurr: pv1InWatts * 100,
    pv1InWatts,
    pv2InVol: 0,
    pv2InCurr: 0,
    pv2InWatts: 0,
  },
})
const input = (line: VirtualLine, minute: number, source: 'tick' | 'mqtt', topic: string, content: unknown): void => {
  line.run({ at: START + minute * MINUTE + 1, source, topic, bytes: Buffer.from(JSON.stringify(content)) })
}
const firmware = (moduleVersion: string) => ({
  onLineModuleSnList: [{ moduleSn: PACK, moduleDetail: '1', moduleVersion, loaderVersion: '1.0.0.1' }],
})
const OWN = {
  ...{ is_store_taking: 1, heard_age_s: 1, spool_used_ratio: 0.01, quarantined_ratio: 0 },
  ...{ client_ids_left_count: 9, connects_left_count: 99, clock_skew_s: 0.2 },
}
const codes = (second: number) => ({
  [PANEL]: { errorCodeAdd: [30_000, second, 30_080, 30_120, 30_160, 30_200, 0, 0, 30_800] },
})

/** Each time the state of the cloud changes it says so. */
const news = (topic: (isWell: boolean) => string, content: (isWell: boolean) => unknown, source: 'tick' | 'mqtt') => {
  let told = true
  return (line: VirtualLine, minute: number, isWell: boolean): void => {
    if (told !== isWell) input(line, minute, source, topic(isWell), content(isWell))
    told = isWell
  }
}

/** Made anew for each use: some remember what they told. */
export const rulesLives = (): Readonly<Record<string, Life>> => ({
  'kit-silent': { is: 'nothing is heard', wrong: 20, isMute: true },
  'kit-frozen': {
    ...{ is: 'the cloud repeats a snapshot in which power flows', wrong: 40, isMute: true },
    also: (line, minute, isWell) => {
      if (!isWell) line.poll(minute * 60 + 1, { bp5000: { [PACK]: { soc: 50, inWatts: 300, vol: 53_000 } } })
    },
  },
  'kit-offline': {
    ...{ is: 'the cloud says that it is not connected', wrong: 20, isMute: true },
    also: news(
      () => `/open/account/${KIT}/status`,
      (isWell) => ({ params: { status: isWell ? 1 : 0 } }),
      'mqtt',
    ),
  },
  'cloud-down': {
    ...{ is: 'the cloud cannot be reached', wrong: 30, isMute: true },
    also: news(
      (isWell) => (isWell ? 'cloud/up' : 'cloud/down'),
      () => ({ kits: [KIT], text: 'It is down.' }),
      'tick',
    ),
  },
  'soc-low-30': { is: '28 % charge', wrong: 10, ill: { [PACK]: { soc: 28 } } },
  'soc-low-20': { is: '18 % charge', wrong: 10, ill: { [PACK]: { soc: 18 } } },
  'soc-low-10': { is: '8 % charge', wrong: 10, ill: { [PACK]: { soc: 8 } } },
  'time-to-empty': {
    ...{ is: '40 minutes left', wrong: 10 },
    well: { [PACK]: { totalSoc: 50, totalChgDsgState: 1, totalRemainTime: 600 } },
    ill: { [PACK]: { totalSoc: 50, totalChgDsgState: 1, totalRemainTime: 40 } },
  },
  'cell-spread': { is: 'a cell 200 mV above another', wrong: 40, ill: { [PACK]: { maxCellVol: 3_460 } } },
  'pack-missing': { is: 'the second pack is silent', wrong: 25, well: { [SECOND_PACK]: pack }, ill: {} },
  'packs-disagree': {
    ...{ is: 'the second pack has 30 %', wrong: 40 },
    well: { [SECOND_PACK]: pack },
    ill: { [SECOND_PACK]: { ...pack, soc: 30 } },
  },
  'over-temperature': { is: 'a cell at 55 °C', wrong: 10, ill: { [PACK]: { maxCellTemp: 55 } } },
  'charging-cold': { is: 'charged at -3 °C', wrong: 10, ill: { [PACK]: { minCellTemp: -3 } } },
  'inverter-overload': {
    ...{ is: '3500 VA of 3600', wrong: 10 },
    well: { [MAINS]: { outVa: 900 } },
    ill: { [MAINS]: { outVa: 3_500 } },
  },
  'ac-input-lost': { is: 'shore power goes', wrong: 20, well: mains(500), ill: mains(0) },
  'solar-dead': {
    ...{ is: 'panels bring nothing at noon', wrong: 80, well: sun(30), ill: sun(0) },
    site: { latitudeDeg: 38.7, longitudeDeg: -9.1, panelsW: { 1: 400 } },
  },
  'circuit-over-current': {
    ...{ is: '15.8 A of 16 A', wrong: 10, site: { circuitLimitsA: { ac: 16 } } },
    well: { [PANEL]: { acChCur: [1_000, 0, 0, 0, 0, 0] } },
    ill: { [PANEL]: { acChCur: [1_000, 15_800, 0, 0, 0, 0] } },
  },
  'generator-long': {
    ...{ is: 'a generator runs for 5 hours', wrong: 300, site: { acInput: 'generator' } },
    well: mains(0),
    ill: mains(900),
  },
  'module-error': { is: 'code 30045', wrong: 10, well: codes(30_040), ill: codes(30_045) },
  completeness: { is: '40 minutes without a report', wrong: 40, after: 780, isMute: true },
  'firmware-changed': {
    ...{ is: 'another firmware is listed', wrong: 90 },
    also: (line, minute, isWell) =>
      line.poll(minute * 60 + 1, firmware(isWell && minute < CALM_MINUTES ? '1.0' : '2.0')),
  },
  'module-silent': { is: 'the inverter is silent', wrong: 90, well: mains(500), ill: {} },
  'collector-blind': { is: 'no kit heard for 11 minutes', wrong: 10, own: { heard_age_s: 660 } },
  'spool-filling': { is: 'the spool is at 60 %', wrong: 20, own: { spool_used_ratio: 0.6 } },
  'store-refusing': { is: 'the store takes nothing', wrong: 20, own: { is_store_taking: 0 } },
  'quarantine-rate': { is: '10 % of values kept aside', wrong: 20, own: { quarantined_ratio: 0.1 } },
  'client-ids': { is: 'one client id left', wrong: 10, own: { client_ids_left_count: 1 } },
  connects: { is: '5 connects left', wrong: 10, own: { connects_left_count: 5 } },
  'clock-skew': { is: 'the clock is wrong by 2 minutes', wrong: 20, own: { clock_skew_s: 120 } },
})

export interface Found {
  readonly what: Change['what']
  /** Since it went wrong (min). */
  readonly minute: number
  readonly text: string
}

const pushMinute = (line: VirtualLine, minute: number, told: Told): Point[] => {
  const points: Point[] = []
  for (let second = minute * 60 - 50; second < minute * 60; second += 10)
    for (const [sn, fields] of Object.entries(told)) points.push(...line.push(second, sn, fields))
  return points
}

const toldIn = (life: Life, isWell: boolean): Told => {
  if (!isWell && life.isMute) return {}
  const more = isWell ? (life.well ?? {}) : (life.ill ?? life.well ?? {})
  return { ...more, [PACK]: { ...pack, ...more[PACK] } }
}

/** A minute of a life: the rows that the evaluator looks at, and all that the line wrote. */
export interface Minute {
  readonly minute: number
  /** Epoch ms. */
  readonly at: number
  readonly rows: readonly WatchedRow[]
  readonly points: readonly Point[]
}

/** Minutes are counted from when it goes wrong. */
export function* minutesOf(life: Life): Generator<Minute> {
  const line = createLine()
  input(line, 0, 'tick', 'fleet', { [KIT]: { name: 'Van', site: life.site ?? {} } })
  for (let minute = 1; minute <= CALM_MINUTES + life.wrong + (life.after ?? 60); minute++) {
    const isWell = minute <= CALM_MINUTES || minute > CALM_MINUTES + life.wrong
    const at = START + minute * MINUTE
    const pushed = pushMinute(line, minute, toldIn(life, isWell))
    const own = collectorWatched({ ...OWN, ...(isWell ? {} : life.own) }, 'UTC')
    const told = { measurement: 'collector', tags: { collector: 'own' }, fields: own.fields, at }
    const points = [...pushed, ...line.minute(minute * 60), told]
    yield { minute: minute - CALM_MINUTES, at, rows: [own, ...kitRows(line.state.kits.get(KIT)!, at)], points }
    life.also?.(line, minute, isWell)
  }
}

/** Asks one rule, minute by minute, and gives what it tells. */
export const createAsker = (id: string): ((minute: Minute) => Found[]) => {
  const rules = rulesOf(ALERTS, {}, []).filter(({ alert }) => alert.id === id)
  let standings: Standings = new Map()
  return ({ minute, at, rows }) => {
    const asked = rows.map((row) => askRow(rules, row, standings, at))
    const verdicts = [...asked, askMissing(rules, new Set(rows.map(({ key }) => key)), standings, at)]
    standings = new Map(verdicts.flatMap((each) => each.standings))
    return verdicts.flatMap(({ changes }) =>
      changes.map((change) => ({ what: change.what, minute, text: noticeOf(change).text })),
    )
  }
}

/** Lives it, and gives what was told by this rule alone. */
export const liveOf = (id: string, life: Life): Found[] => {
  const ask = createAsker(id)
  return [...minutesOf(life)].flatMap(ask)
}
