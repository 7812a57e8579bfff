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

const COVERED = {
  covered_s: field('s', 'how much of the time is covered by reports'),
  expected_s: field('s', 'how much of the time the kit was known'),
} as const satisfies RowFields

const ENERGY = {
  ...COVERED,
  solar_wh: field('wh', 'from the sun at the inputs of the solar chargers'),
  solar_1_wh: field('wh', 'of it at the first inputs'),
  solar_2_wh: field('wh', 'of it at the second inputs'),
  dc_in_wh: field('wh', 'into the DC input, and from adapters at solar inputs'),
  dc_in_solar_wh: field('wh', 'of dc_in_wh from solar panels at the DC input'),
  ac_in_wh: field('wh', 'into the AC input'),
  generator_wh: field('wh', 'of ac_in_wh from a generator, inferred from the settings'),
  battery_charge_wh: field('wh', 'into the packs'),
  battery_discharge_wh: field('wh', 'out of the packs'),
  ac_out_wh: field('wh', 'out of the AC output and the stand-alone socket'),
  dc_out_wh: field('wh', 'out of the DC output'),
  load_wh: field('wh', 'out of both outputs'),
  loss_wh: field(
    'wh',
    'came in and did not come out, of quarters in which all modules cover the same time; else absent',
  ),
  imbalance_wh: field(
    'wh',
    'came out and did not come in, of quarters in which all modules cover the same time; else absent',
  ),
  ac_in_cost: field('cost', 'price of what came from shore, where a tariff is set'),
  priced_wh: field('wh', 'what of ac_in_wh that price is of: less than came from shore where no tariff was set before'),
  sun_s: field('s', 'time in which the sun brought 20 W or more'),
  uncovered_min_wh: field('wh', 'net energy into the packs in uncovered time that ended here: at least'),
  uncovered_max_wh: field('wh', 'net energy into the packs in uncovered time that ended here: at most'),
} as const satisfies RowFields

const CALENDAR = {
  ...ENERGY,
  local_date: field('text', 'the local date of its start'),
  hours_count: field(
    'count',
    'its length in hours, also when little of it is covered: a day has 23 or 25 when clocks change',
  ),
} as const satisfies RowFields

export const ROWS: Readonly<Partial<Record<MeasurementName, RowFields>>> = {
  battery: { share_ratio: field('ratio', 'part of the current of all packs that this one carries, once a minute') },
  flow: {
    solar_w: field('w', 'from the sun'),
    solar_1_w: field('w', 'of it at the first inputs'),
    solar_2_w: field('w', 'of it at the second inputs'),
    dc_in_w: field('w', 'into the DC input, and from adapters at solar inputs'),
    ac_in_w: field('w', 'into the AC input'),
    battery_w: field('w', 'into the packs, negative while discharging'),
    ac_out_w: field('w', 'out of the AC output and the stand-alone socket'),
    dc_out_w: field('w', 'out of the DC output'),
    loss_w: field('w', 'comes in and does not come out, while all flows are covered'),
    imbalance_w: field('w', 'comes out and does not come in, while all flows are covered: moments differ'),
    is_solar_covered: field('flag', 'whether all solar inputs are fresh'),
    is_dc_in_covered: field('flag', 'whether the DC input is fresh'),
    is_ac_in_covered: field('flag', 'whether the AC input is fresh'),
    is_battery_covered: field('flag', 'whether all packs are fresh'),
    is_ac_out_covered: field('flag', 'whether the AC output is fresh'),
    is_dc_out_covered: field('flag', 'whether the DC output is fresh'),
  },
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
    today_solar_wh: field('wh', 'from the sun, this local day'),
    today_dc_in_wh: field('wh', 'into the DC input, this local day'),
    today_ac_in_wh: field('wh', 'into the AC input, this local day'),
    today_battery_charge_wh: field('wh', 'into the packs, this local day'),
    today_battery_discharge_wh: field('wh', 'out of the packs, this local day'),
    today_ac_out_wh: field('wh', 'out of the AC output, this local day'),
    today_dc_out_wh: field('wh', 'out of the DC output, this local day'),
    today_load_wh: field('wh', 'out of both outputs, this local day'),
    today_covered_s: field('s', 'how much of this local day these energies cover'),
    pack_soc_spread_pct: field('pct', 'highest less lowest state of charge of the packs, while fresh'),
    is_daylight: field('flag', 'whether the sun is up, where the place of the kit is set'),
    rated_w: field('w', 'peak power of its panels, where it is set'),
    packs_missing_count: field('count', 'packs that should report and do not, while the kit does'),
    cell_spread_max_v: field('v', 'spread of the cells of the pack where it is greatest, while fresh'),
    temperature_max_c: field('c', 'temperature of the hottest cell of all packs, while fresh'),
    is_charging_cold: field('flag', 'whether a pack is charged below 0 °C, while fresh'),
    inverter_load_ratio: field('ratio', 'apparent AC output, of what the inverter can, while fresh'),
    circuit_load_ratio: field('ratio', 'highest current of a circuit, of its limit, where limits are set'),
    is_ac_input_lost: field('flag', '1 for ten minutes after shore power was seen to go'),
    is_solar_dead: field('flag', 'no solar power although the sun is up and the packs want it; where the place is set'),
    generator_run_s: field('s', 'how long the generator has run, 0 while it does not'),
    firmware_age_s: field('s', 'since the firmware of a module last changed; absent if it never did'),
    is_laid_up: field('flag', 'whether it is laid up: nobody wants to be warned'),
  },
  module: {
    ...STATUS,
    kind: field('text', "the vendor's name of the kind of module"),
    reports_count: field('count', 'reports since it was first heard'),
    is_asleep: field('flag', 'of an inverter: whether it sleeps in low power mode'),
    firmware_age_s: field('s', 'since its firmware last changed; absent if it never did'),
    missing_s: field('s', 'for how long it does not report although its kit does; 0 while it reports'),
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
  run: {
    ...STRETCH,
    kind: field('text', 'shore, alternator or generator'),
    text: field('text', 'the session in words'),
    details: field('text', 'how it was told'),
    is_open: field('flag', 'whether it goes on'),
    wh: field('wh', 'energy that it brought'),
    soc_from_pct: field('pct', 'state of charge at its start'),
    soc_to_pct: field('pct', 'state of charge at its end'),
  },
  site: {
    label: field('text', 'name of the kit'),
    time_zone: field('text', 'IANA name'),
    latitude_deg: field('deg', 'north of the equator'),
    longitude_deg: field('deg', 'east of Greenwich'),
    group: field('text', 'which kits it belongs to'),
    account: field('text', "the collector's name of the account"),
    design_wh: field('wh', 'energy of its packs when new'),
    pv_1_peak_w: field('w', 'peak power of the panels at the first solar input'),
    pv_2_peak_w: field('w', 'peak power of the panels at the second solar input'),
    currency: field('text', 'of its costs'),
    ac_input: field('text', 'what feeds the AC input: shore or generator'),
    is_laid_up: field('flag', 'whether it is laid up: nobody wants to be warned'),
  },
  energy: ENERGY,
  energy_battery: {
    ...COVERED,
    charge_wh: field('wh', 'into the pack'),
    discharge_wh: field('wh', 'out of the pack'),
    charge_ah: field('ah', 'into the pack'),
    discharge_ah: field('ah', 'out of the pack'),
  },
  energy_circuit: {
    ...COVERED,
    energy_wh: field('wh', 'out of the circuit'),
    name: field('text', 'what its owner calls it'),
  },
  energy_day: CALENDAR,
  energy_month: CALENDAR,
  energy_year: CALENDAR,
  battery_health: {
    local_date: field('text', 'the local day it is of'),
    covered_s: field('s', 'how much of the day is covered by reports of the pack'),
    cell_spread_v: field(
      'v',
      'mean spread of the cells between 40 and 60 % state of charge and below a tenth of full current',
    ),
    cell_spread_full_v: field('v', 'the same above 95 %'),
    capacity_full_ah: field('ah', 'charge when full, as the pack says'),
    capacity_design_ah: field('ah', 'charge when new'),
    health_ratio: field('ratio', 'charge when full, of the charge when new'),
    cycles_count: field('count', 'charging cycles'),
    share_ratio: field('ratio', 'mean part of the current of all packs'),
    soc_difference_pct: field('pct', 'mean state of charge less that of all packs'),
    usable_ah: field('ah', 'usable charge, from full swings; only when there are enough'),
    usable_confidence_ratio: field('ratio', 'how far usable_ah can be trusted: 0 to 1'),
    swings_count: field('count', 'full swings that were seen'),
    charging_cold_s: field('s', 'time in which it was charged below 0 °C'),
    temperature_min_c: field('c', 'lowest temperature of a cell'),
    temperature_max_c: field('c', 'highest temperature of a cell'),
    charge_wh: field('wh', 'into the pack'),
    discharge_wh: field('wh', 'out of the pack'),
    efficiency_ratio: field('ratio', 'out of the pack, of what went in, over whole swings of the last 30 days'),
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
    heard_age_s: field('s', 'since any kit was last heard, or since the collector started'),
    spool_used_ratio: field('ratio', 'part of the room of the spool that is used'),
    quarantined_ratio: field('ratio', 'values kept aside, of all values of the last hour'),
    clock_skew_s: field('s', 'by how much the clock of this machine differs from that of the cloud'),
  },
}
