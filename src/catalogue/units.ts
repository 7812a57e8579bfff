/**
 * The closed list of units. A field's name ends in its unit (`voltage_v`), so that a number is never read
 * in the wrong one; flags (`is_…`, `has_…`) and text carry none.
 */
export const UNITS = {
  v: 'volt',
  a: 'ampere',
  w: 'watt',
  va: 'volt-ampere',
  wh: 'watt-hour',
  ah: 'ampere-hour',
  c: 'degree Celsius',
  hz: 'hertz',
  s: 'second',
  m: 'metre',
  pct: 'per cent',
  ratio: 'ratio',
  count: 'count',
  ms: 'millisecond (times: since 1970-01-01 UTC)',
  bytes: 'byte',
  deg: 'degree of arc',
  cost: 'money, in the currency of the site',
  code: 'code number',
  flag: '0 or 1',
  text: 'text',
  slot: 'position in the kit',
  wire: 'as it came, in no known unit',
} as const

export type Unit = keyof typeof UNITS
