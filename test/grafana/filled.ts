/**
 * Both databases as the collector leaves them, up to this minute: a simulated kit with every module through the real line
 * for some hours of one and the same day with a hole in them, a kit that was never heard, and rows made by hand of what
 * that life does not bring. All times are moved so that the life ends now. Older history is the line's own, set back by
 * whole days.
 */
import type { Bucket } from '../../src/catalogue/measurements.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { minuteInput } from '../../src/intake.ts'
import { runLine } from '../../src/pipeline.ts'
import { createKit } from '../../src/simulator/kit-model.ts'
import { planKit } from '../../src/simulator/kit-plan.ts'
import { quotaAll } from '../../src/simulator/quota-all.ts'
import { encodePoint, type Point, parseLine } from '../../src/store/line-protocol.ts'
import type { Input } from '../../src/store/record.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'
import { createSpeakingKit } from '../history/speaking-kit.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const HOURS = 5
const EVERY_MS = 20_000
/** When the life ends: an afternoon, so that there is sun. */
export const AFTERNOON = Date.UTC(2026, 5, 3, 14)
export const UNHEARD = 'M109ZEB4ZE7B0999'

interface Filled {
  readonly lines: Readonly<Record<Bucket, readonly string[]>>
  readonly kitSn: string
  readonly unheardSn: string
  readonly packs: readonly string[]
}

interface Told {
  raw: string
  history: string
}

/** Lives for so many hours, up to an afternoon, every module speaking so often, and gives back what the line wrote. */
export const live = (hours: number, everyMs: number): { told: Told; kitSn: string; packs: string[] } => {
  const until = AFTERNOON
  const from = until - hours * HOUR_MS
  const kit = createKit(planKit(7, 0, 'Van'), from)
  const { hubSn } = kit.plan
  const voice = createSpeakingKit(kit, () => everyMs, from)
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const told: Told = { raw: '', history: '' }
  const feed = (input: Input): void => {
    const { raw, history } = runLine(track, input)
    told.raw += raw
    told.history += history
  }
  const site = { latitudeDeg: 52, longitudeDeg: 13, panelsW: { 1: 420, 2: 220 }, circuitLimitsA: { ac: 16, dc: 20 } }
  const circuits = { ac: { '1': 'Kettle', '2': 'Sockets' }, dc: { '1': 'Fridge', '2': 'Lights' } }
  const fleet = { [hubSn]: { name: 'Van', timeZone: 'UTC', site, circuits }, [UNHEARD]: { name: 'Spare' } }
  const tick = (at: number, topic: string, content: unknown): void =>
    feed({ at, source: 'tick', topic, bytes: Buffer.from(JSON.stringify(content)) })
  tick(from, 'start', null)
  tick(from, 'fleet', fleet)
  const topic = `/iot-open/sign/device/quota/all?sn=${hubSn}`
  const isSilent = (at: number): boolean => at > until - 2 * HOUR_MS && at < until - 1.3 * HOUR_MS
  for (let minuteAt = from + MINUTE_MS; minuteAt <= until; minuteAt += MINUTE_MS) {
    while (voice.nextAt() < minuteAt) {
      const at = voice.nextAt()
      kit.advance(at)
      const said = voice.speak(isSilent(at))
      if (said) feed({ at, source: 'mqtt', topic: said.message.topic, bytes: said.message.bytes })
    }
    kit.advance(minuteAt)
    if (!isSilent(minuteAt))
      feed({ at: minuteAt - 1, source: 'http', topic, bytes: Buffer.from(JSON.stringify(quotaAll(kit, 'B'))) })
    feed(minuteInput(minuteAt, 0, 1))
  }
  return { told, kitSn: hubSn, packs: kit.plan.packs.map(({ sn }) => sn) }
}

/** So many ms later: the stamps, and the moments that are told in fields. */
export const moved = (text: string, ms: number): string[] =>
  text
    .replace(/(_ms=|[ ])(\d{13})(?=[,\s])/g, (_, before: string, at: string) => `${before}${Number(at) + ms}`)
    .split('\n')
    .filter(Boolean)

/** The same so many days earlier. */
const setBack = (point: Point, days: number): Point => {
  const { end_ms: endAt } = point.fields
  const fields = typeof endAt === 'number' ? { ...point.fields, end_ms: endAt - days * DAY_MS } : point.fields
  return { ...point, fields, at: point.at - days * DAY_MS }
}

/** What a life of hours does not bring. */
export const madeByHand = (until: number, kitSn: string, packs: readonly string[]): Record<Bucket, Point[]> => {
  const kit_sn = kitSn
  const module_sn = packs[0]!
  const of = (measurement: string, at: number, fields: Point['fields'], tags: Point['tags'] = {}): Point => ({
    measurement,
    tags: { kit_sn, ...tags },
    fields,
    at,
  })
  const lasting = (at: number, ms: number) => ({ end_ms: at + ms, duration_s: ms / 1000, is_open: 0 })
  const error = { module_sn, circuit: 'all', code: '50003', meaning: 'Battery BP5000: Error 3' }
  const health = {
    covered_s: 86_000,
    cell_spread_v: 0.012,
    cell_spread_full_v: 0.06,
    capacity_full_ah: 97,
    capacity_design_ah: 100,
    health_ratio: 0.97,
    cycles_count: 120,
    share_ratio: 0.5,
    soc_difference_pct: 0.4,
    usable_ah: 95,
    usable_confidence_ratio: 0.8,
    swings_count: 4,
    charging_cold_s: 0,
    temperature_min_c: 14,
    temperature_max_c: 27,
    charge_wh: 900,
    discharge_wh: 850,
    efficiency_ratio: 0.95,
  }
  const days = Array.from({ length: 40 }, (_, index) => until - (index + 1) * DAY_MS)
  const calendar = (at: number, hours_count: number) => ({
    ...Object.fromEntries(
      'solar dc_in ac_in battery_charge battery_discharge ac_out dc_out load loss imbalance solar_1 solar_2 dc_in_solar generator priced'
        .split(' ')
        .map((name, index) => [`${name}_wh`, 100 * (index + 1)]),
    ),
    covered_s: 3500 * hours_count,
    expected_s: 3600 * hours_count,
    hours_count,
    sun_s: 20_000,
    ac_in_cost: 0.4,
    local_date: new Date(at).toISOString().slice(0, 10),
  })
  const run = { text: 'Words.', details: 'how it was told', wh: 1234, soc_from_pct: 40, soc_to_pct: 80 }
  return {
    raw: Array.from(
      { length: 300 },
      (_, index): Point => ({
        measurement: 'collector',
        tags: { collector: 'test' },
        at: until - index * MINUTE_MS,
        fields: {
          messages_count: 10_000 - index * 3,
          rejected_count: 2,
          quarantined_count: 3,
          spool_bytes: 10_000,
          recording_bytes: 1_000_000,
          spool_records_count: 1,
          spool_age_s: 0,
          store_latency_ms: 12,
          is_store_taking: 1,
          is_connected: 1,
          sessions_count: 1,
          sessions_connected_count: 1,
          connects_left_count: 40,
          client_ids_left_count: 8,
          clock_offset_ms: 120,
          clock_skew_s: 2,
          memory_bytes: 150_000_000,
          heard_age_s: 4,
          spool_used_ratio: 0.01,
          quarantined_ratio: 0.001,
        },
      }),
    ).concat(
      of('kit', until - 30_000, { to_empty_s: 36_000, to_full_s: 7200, firmware: '1.2.3', firmware_age_s: 90_000 }),
      of(
        'unknown',
        until - HOUR_MS,
        { value: 3, text: '3' },
        { module_sn, module: 'bp5000', source_field: 'newField' },
      ),
    ),
    history: [
      ...[90, 30, 5, 0].map((minutes) =>
        of('error', until - minutes * MINUTE_MS, { is_active: 1, since_ms: until }, error),
      ),
      of('error', until - 3 * HOUR_MS, { is_active: 0, since_ms: until }, { ...error, code: '50004' }),
      ...(['shore', 'generator', 'alternator'] as const).flatMap((kind, index) =>
        [2 * HOUR_MS, 3 * DAY_MS].map((before) => {
          const at = until - before - index * HOUR_MS
          return of('run', at, { kind, ...run, ...lasting(at, 1_800_000) }, { module_sn: `M10-RUN-${index}` })
        }),
      ),
      ...['firmware_changed', 'module_joined'].map((kind, index) =>
        of(
          'event',
          until - (index + 1) * HOUR_MS,
          { kind, text: 'Words.', details: '1.0 to 1.1', end_ms: until },
          { module_sn },
        ),
      ),
      of('command', until - HOUR_MS, {
        id: 'a',
        kind: 'ac_output',
        details: '{}',
        by: 'console',
        state: 'confirmed',
        state_code: 2,
        text: 'Seen.',
        transport: 'mqtt',
        is_acknowledged: 1,
        asked_ms: until - HOUR_MS,
        ...lasting(until - HOUR_MS, 2000),
      }),
      of(
        'quarantine',
        until - HOUR_MS,
        { value: 999, text: '999' },
        { module_sn, source_field: 'soc', reason: 'out_of_range' },
      ),
      ...days.flatMap((at) => packs.map((sn) => of('battery_health', at, health, { module_sn: sn }))),
      ...days.map((at) => of('energy_day', at, calendar(at, 24))),
      ...Array.from({ length: 13 }, (_, index) => until - (index + 1) * 30 * DAY_MS).map((at) =>
        of('energy_month', at, calendar(at, 720)),
      ),
      ...[0, 1, 2].map((years) => of('energy_year', until - (years * 365 + 20) * DAY_MS, calendar(until, 8760))),
      of('energy_device', until - HOUR_MS, { energy_wh: 80 }, { module_sn: 'M10-RUN-0', kind: 'ichigh' }),
    ],
  }
}

/** Everything that stands in both databases at `until`, a whole minute (epoch ms). */
export const fill = (until: number): Filled => {
  const { told, kitSn, packs } = live(HOURS, EVERY_MS)
  const raw = moved(told.raw, until - AFTERNOON)
  const history = moved(told.history, until - AFTERNOON)
  const points = history.map(parseLine)
  const older = Array.from({ length: 20 }, (_, index) => 1 + index * 2).flatMap((days) =>
    points.map((point) => encodePoint(setBack(point, days)).trimEnd()),
  )
  const more = madeByHand(until, kitSn, packs)
  const encoded = (rows: readonly Point[]): string[] => rows.map((row) => encodePoint(row).trimEnd())
  return {
    lines: {
      raw: [...raw, ...encoded(more.raw)],
      history: [...history, ...older, ...encoded(more.history)],
    },
    kitSn,
    unheardSn: UNHEARD,
    packs,
  }
}
