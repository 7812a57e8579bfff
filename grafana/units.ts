/** How Grafana writes the catalogue's units. */
const UNITS: Readonly<Record<string, string>> = {
  v: 'volt',
  a: 'amp',
  w: 'watt',
  va: 'voltamp',
  wh: 'watth',
  ah: 'suffix: Ah',
  c: 'celsius',
  hz: 'hertz',
  s: 's',
  m: 'lengthm',
  pct: 'percent',
  ratio: 'percentunit',
  count: 'none',
  ms: 'dateTimeAsIso',
  bytes: 'bytes',
  deg: 'degree',
  cost: 'none',
  code: 'none',
  flag: 'none',
  text: 'string',
  slot: 'none',
  wire: 'none',
}

/** Grafana's name of a unit of the catalogue. */
export const grafanaUnit = (unit: string): string => {
  const name = UNITS[unit]
  if (name === undefined) throw new Error(`Grafana's name of the unit ${unit} is missing in grafana/units.ts`)
  return name
}
