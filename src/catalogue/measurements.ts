/**
 * The measurements users query, with their fixed tag sets. Names and tags are a promise (names.lock.json).
 * `bucket` is where the line writes them: `raw` ages out, `history` stays for ever.
 */
export type Bucket = 'raw' | 'history'

interface Measurement {
  readonly bucket: Bucket
  readonly tags: readonly string[]
  /** Rows may be written again with the same identity; the later one wins, field by field. */
  readonly revisable?: true
  /** A row per hour goes to the history bucket under the same name. */
  readonly hourly?: true
  readonly is: string
}

const kit = ['kit_sn'] as const
const ofModule = ['kit_sn', 'module_sn'] as const

export const MEASUREMENTS = {
  battery: { bucket: 'raw', tags: ofModule, hourly: true, is: 'one battery pack' },
  battery_bank: { bucket: 'raw', tags: kit, hourly: true, is: 'all packs of a kit together, as the kit adds them up' },
  dc_input: { bucket: 'raw', tags: ofModule, hourly: true, is: 'DC input: alternator, or solar' },
  dc_output: { bucket: 'raw', tags: ofModule, hourly: true, is: 'DC output converter' },
  solar_charger: { bucket: 'raw', tags: ofModule, hourly: true, is: 'solar charge controller' },
  solar_input: {
    bucket: 'raw',
    tags: [...ofModule, 'input'],
    hourly: true,
    is: 'one input of the solar charge controller',
  },
  inverter_dc: { bucket: 'raw', tags: ofModule, hourly: true, is: 'inverter, battery side' },
  inverter_ac: { bucket: 'raw', tags: ofModule, hourly: true, is: 'inverter, mains side' },
  panel: { bucket: 'raw', tags: [...ofModule, 'side'], hourly: true, is: 'a distribution panel as a whole' },
  circuit: { bucket: 'raw', tags: [...ofModule, 'side', 'circuit'], hourly: true, is: 'one circuit of a panel' },
  hub: { bucket: 'raw', tags: ofModule, hourly: true, is: 'the hub that speaks to the cloud' },
  generator: { bucket: 'raw', tags: ofModule, hourly: true, is: 'smart generator' },
  flow: { bucket: 'raw', tags: kit, hourly: true, is: "the kit's balance of power, at most once a second" },
  kit: { bucket: 'raw', tags: kit, hourly: true, is: 'one complete status row per minute and kit' },
  module: { bucket: 'raw', tags: ofModule, is: 'one status row per minute and module' },
  unknown: {
    bucket: 'raw',
    tags: [...ofModule, 'module', 'source_field'],
    is: 'wire fields that the catalogue does not know',
  },
  collector: { bucket: 'raw', tags: ['collector'], is: 'the collector about itself' },
  error: {
    bucket: 'history',
    tags: [...ofModule, 'circuit', 'code', 'meaning'],
    revisable: true,
    is: 'an active error',
  },
  event: { bucket: 'history', tags: ofModule, revisable: true, is: 'something that happened' },
  gap: { bucket: 'history', tags: ofModule, revisable: true, is: 'a stretch without values, and why' },
  run: { bucket: 'history', tags: ofModule, revisable: true, is: 'a session of shore, alternator or generator' },
  site: { bucket: 'history', tags: kit, revisable: true, is: 'what its owner says of a kit, on change' },
  energy: {
    bucket: 'history',
    tags: kit,
    revisable: true,
    is: 'energies of a quarter of an hour, stamped at its start',
  },
  energy_battery: { bucket: 'history', tags: ofModule, revisable: true, is: 'the same of one battery pack' },
  energy_circuit: {
    bucket: 'history',
    tags: [...ofModule, 'side', 'circuit'],
    revisable: true,
    is: 'the same of one circuit of a panel',
  },
  energy_day: { bucket: 'history', tags: kit, revisable: true, is: 'energies of a local day, stamped at its start' },
  energy_month: {
    bucket: 'history',
    tags: kit,
    revisable: true,
    is: 'energies of a local month, stamped at its start',
  },
  energy_year: { bucket: 'history', tags: kit, revisable: true, is: 'energies of a local year, stamped at its start' },
  battery_health: {
    bucket: 'history',
    tags: ofModule,
    revisable: true,
    is: 'the health of a battery pack, once a day',
  },
  command: { bucket: 'history', tags: kit, revisable: true, is: 'a set command, and what became of it' },
  energy_device: {
    bucket: 'history',
    tags: [...ofModule, 'kind'],
    revisable: true,
    is: "the device's own hourly energy",
  },
  quarantine: { bucket: 'history', tags: [...ofModule, 'source_field', 'reason'], is: 'values refused, kept aside' },
} as const satisfies Record<string, Measurement>

export type MeasurementName = keyof typeof MEASUREMENTS
