/**
 * The fields of rows that are not a module's own values: status, events, errors, gaps, what was kept aside, and the
 * collector about itself. Part of the promise in names.lock.json; a test holds written rows against this table.
 */
import type { MeasurementName } from './measurements.ts'
import type { Unit } from './units.ts'

interface RowField {
  readonly unit: Unit
  readonly is: string
}

type RowFields = Readonly<Record<string, RowField>>

const field = (unit: Unit, is: string): RowField => ({ unit, is })

const STATUS = {
  verdict: field('text', 'in one word how it is doing'),
  verdict_code: field('code', 'the verdict as an ordered number, 0 is well'),
  age_s: field('s', 'time since the last report'),
  last_report_ms: field('ms', 'when the last report came'),
  cadence_s: field('s', 'time between reports, learnt'),
  error_count: field('count', 'active errors'),
} as const satisfies RowFields

const STRETCH = {
  end_ms: field('ms', 'when it ended'),
  duration_s: field('s', 'how long it lasted'),
} as const satisfies RowFields

const WIRE = {
  value: field('wire', 'the value as it came, if it was a number'),
  text: field('text', 'the value as it came'),
} as const satisfies RowFields

export const ROWS: Readonly<Partial<Record<MeasurementName, RowFields>>> = {
  battery: { share_ratio: field('ratio', 'part of the current of all packs that this one carries, once a minute') },
  kit: {
    ...STATUS,
    label: field('text', 'name and serial number'),
    trouble_code: field('code', 'what a person should look at first: the higher, the sooner'),
    is_live: field('flag', 'whether its values are current: verdict_code up to 3'),
    packs_live_count: field('count', 'packs that report'),
    packs_known_count: field('count', 'packs that ever reported'),
    firmware: field('text', 'firmware of the hub'),
    soc_pct: field('pct', 'state of charge, while fresh'),
    net_w: field('w', 'power into the packs, negative while discharging, while fresh'),
    to_empty_s: field('s', 'time until empty, while discharging'),
    to_full_s: field('s', 'time until full, while charging'),
    completeness_today_pct: field('pct', 'share of the local day so far that no gap covers'),
  },
  module: {
    ...STATUS,
    kind: field('text', "the vendor's name of the kind of module"),
    reports_count: field('count', 'reports since it was first heard'),
    is_asleep: field('flag', 'of an inverter: whether it sleeps in low power mode'),
  },
  circuit: { name: field('text', 'what its owner calls it, once an hour and when it is told') },
  error: {
    is_active: field('flag', '0 when it has just gone'),
    since_ms: field('ms', 'when it was first seen'),
  },
  event: {
    ...STRETCH,
    kind: field('text', 'what kind of event'),
    text: field('text', 'what happened'),
    details: field('text', 'to what, from what'),
  },
  gap: {
    ...STRETCH,
    cause: field('text', 'why no values came'),
    text: field('text', 'the cause in words'),
    is_open: field('flag', 'whether it goes on'),
  },
  command: {
    ...STRETCH,
    id: field('text', 'the command’s own id, a UUID'),
    kind: field('text', 'name of the command in the catalogue'),
    details: field('text', 'its parameters, as JSON'),
    by: field('text', 'name of the token it came with'),
    state: field('text', 'how it stands, in one word'),
    state_code: field('code', 'the state as an ordered number'),
    text: field('text', 'how it stands, or how it ended, in a sentence'),
    transport: field('text', 'mqtt or http, once it is chosen'),
    is_acknowledged: field('flag', 'whether a set reply said that it was done'),
    asked_ms: field('ms', 'when it was asked'),
    sent_ms: field('ms', 'when the broker, or the cloud, took it'),
    acknowledged_ms: field('ms', 'when the set reply came'),
  },
  energy_device: { energy_wh: field('wh', "the device's own figure for the hour") },
  quarantine: WIRE,
  unknown: WIRE,
  collector: {
    messages_count: field('count', 'messages and answers received since the start'),
    rejected_count: field('count', 'of these, refused whole'),
    quarantined_count: field('count', 'values kept aside since the start'),
    spool_bytes: field('bytes', 'size of the spool'),
    recording_bytes: field('bytes', 'size of the recording'),
    spool_records_count: field('count', 'records that the store has not taken yet'),
    spool_age_s: field('s', 'age of the oldest of them'),
    store_latency_ms: field('ms', 'how long the store took for its last answer'),
    is_store_taking: field('flag', 'whether the store takes values'),
    is_connected: field('flag', 'whether every session with a broker stands'),
    sessions_count: field('count', 'sessions with brokers, one per source'),
    sessions_connected_count: field('count', 'of these, connected'),
    connects_left_count: field('count', 'connects that the worst-off account may still make today'),
    client_ids_left_count: field('count', 'client ids that the worst-off account may still use today'),
    clock_offset_ms: field('ms', 'clock of the cloud less that of this machine'),
    memory_bytes: field('bytes', 'resident memory'),
  },
}
