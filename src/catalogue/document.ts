/**
 * The catalogue as a page for people: docs/fields.md. Pure; bin/fields.mjs writes it and a test keeps it current.
 */
import type { CodeArrayField, CodeBase, Field, ModuleKind } from './field.ts'
import { MEASUREMENTS, type MeasurementName } from './measurements.ts'
import { ROWS } from './rows.ts'
import { UNITS } from './units.ts'

const INTRODUCTION = `# Fields

Every field that a Power Kit is known to report, and what the collector makes of it.
This page is made from \`src/catalogue\` by \`node bin/fields.mjs\`; the names are a promise, kept in
\`src/catalogue/names.lock.json\`.

- A field is written only when it was reported: absent means unchanged, never 0.
- Fields of rows that the collector makes itself (energies, gaps, sessions, status …) stand under
  [Rows of the collector](#rows-of-the-collector): there absent means that it is not known or not so.
- *No value*: wire values that mean "none". They write no value, and \`is_<field>_known\` 0.
- Values outside *range* are kept aside in \`quarantine\`, never written.
- A state is written as its text and, beside it, as the wire's number in \`<field>_raw\`; a number that is not listed
  is \`unknown\`. A code is written as its distance from "nothing wrong" (0) and,
  where that is not the same, in \`<field>_raw\` as it came.
- Measurements of both buckets have a row per UTC hour in the history bucket, under the same name: a quantity is there
  as its time-weighted mean, and as \`min_<field>\`, \`max_<field>\` and \`last_<field>\`, which are of values at reports
  alone; codes have no mean, flags only their mean (the share of time) and \`last_<field>\`, settings and states only
  \`last_<field>\`. \`covered_s\` is the time of the hour that reports cover; without any there is no row.
- *Setting*: written when it changes and once an hour. *Alarm*: anything but 0 is an active error of the module.
- *Source*: \`L…\` a line of the vendor's Power Kits document, \`C1\` pushes of the app channel, \`C2\` a full record of a
  charging kit, \`C3\` and \`C4\` excerpts of HTTP answers in the older shapes and in today's flat shape.
- *Sure*: \`verified\` in a capture or by arithmetic on one, \`reported\` by people with the device, \`document\` only the
  vendor's word, \`guess\` our inference.`

interface Row {
  readonly names: string
  readonly unit: string
  readonly from: string
  readonly range: string
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

const scale = (field: { divide?: number; multiply?: number; negate?: true; wrap16?: true }): string =>
  [
    field.wrap16 ? 'signed 16 bit' : '',
    field.divide === undefined ? '' : `÷ ${field.divide}`,
    field.multiply === undefined ? '' : `× ${field.multiply}`,
    field.negate ? 'sign turned' : '',
  ]
    .filter((part) => part !== '')
    .join(', ')

const span = (range: readonly [number, number]): string => `${range[0]} … ${range[1]}`

const base = (from: CodeBase): string =>
  typeof from === 'number'
    ? from === 0
      ? ''
      : `less ${from}`
    : `${from.from} … ${from.to}: above the last multiple of ${from.every}${from.at === 0 ? '' : ` plus ${from.at}`}`

const listed = (states: Readonly<Record<number, string>>): string =>
  Object.entries(states)
    .map(([wire, text]) => `${wire} ${text}`)
    .join(', ')

const circuits = (name: string, count: number): string => `\`${name}\` of circuits 1 to ${count}`

const bitNames = (flags: Extract<Field, { kind: 'bits' }>['flags']): string =>
  'perCircuit' in flags ? circuits(flags.perCircuit, flags.count) : quoted(flags)

const cells = (names: string, unit = '', from = '', range = ''): Row => ({ names, unit, from, range })

const errorsOf = (field: CodeArrayField): string =>
  `less ${field.base}, ${field.base + field.step}, …; the panel's less ${field.panelBase}`

const row = (field: Field): Row => {
  switch (field.kind) {
    case 'number':
      return cells(quoted([field.name]), field.unit, scale(field), field.unit === 'code' ? 'any' : span(field.range))
    case 'flag':
      return cells(quoted([field.name]), 'flag')
    case 'state':
      return cells(quoted([field.name]), 'text', listed(field.states))
    case 'bits':
      return cells(bitNames(field.flags), 'flag', 'bit 0 first')
    case 'array':
      return cells(circuits(field.name, field.circuits), field.unit, scale(field), span(field.range))
    case 'code':
      return cells(quoted([field.name]), 'code', base(field.base))
    case 'codes':
      return cells(`${circuits(field.name, field.circuits)}, and of the panel`, 'code', errorsOf(field))
    case 'list':
      return cells(`\`${field.stem}_1_${field.unit}\` to \`…_${field.length}_${field.unit}\``, field.unit)
    case 'text':
      return cells(quoted([field.name]), 'text')
    case 'hourly_wh':
      return cells('rows of `energy_device`', 'wh')
    case 'placeholder':
      return cells('not written')
  }
}

const line = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`

const fieldLine = (field: Field): string => {
  const { names, unit, from, range } = row(field)
  const wire = quoted([field.wire, ...(field.aliases ?? [])])
  const place = field.input === undefined ? '' : ` of input ${field.input}`
  const none = 'sentinels' in field ? (field.sentinels?.join(', ') ?? '') : ''
  const marks = [
    'setting' in field && field.setting ? ' (setting)' : '',
    'alarm' in field && field.alarm ? ' (alarm)' : '',
  ]
  return line([wire, names + place, unit, from, range, none, field.is + marks.join(''), field.source, field.confidence])
}

const HEADINGS = ['wire', 'field', 'unit', 'from the wire', 'range', 'no value', 'what it is', 'source', 'sure']

const heading = (columns: readonly string[]): readonly string[] => [line(columns), line(columns.map(() => '---'))]

const fieldLines = (kind: ModuleKind, earlier: readonly ModuleKind[]): readonly string[] => {
  const twin = earlier.find((other) => other.fields === kind.fields)
  if (twin) return [`The same fields as \`${twin.kind}\`.`]
  if (kind.fields.length === 0) return ['No fields are known; whatever it reports is kept in `unknown`.']
  const derived = (kind.derived ?? []).map((rule) =>
    line(['', `\`${rule.name}\``, rule.unit, `from ${quoted(rule.from)}`, '', '', rule.is, '', '']),
  )
  return [...heading(HEADINGS), ...kind.fields.map(fieldLine), ...derived]
}

const section = (kind: ModuleKind, earlier: readonly ModuleKind[]): string => {
  const types = kind.moduleTypes.length === 0 ? 'no module type' : `module type ${kind.moduleTypes.join(', ')}`
  const carries = kind.carries === undefined ? '' : ` The record may also carry the fields of \`${kind.carries}\`.`
  const about = `Measurement \`${kind.measurement}\`; ${types}; source ${kind.source}.${carries}`
  return [`## ${kind.label}: \`${kind.kind}\``, '', about, '', ...fieldLines(kind, earlier)].join('\n')
}

const bucketsOf = (measurement: (typeof MEASUREMENTS)[keyof typeof MEASUREMENTS]): string =>
  'hourly' in measurement ? 'both' : measurement.bucket

const measurements = (): string =>
  [
    '## Measurements',
    '',
    ...heading(['measurement', 'bucket', 'tags', 'what it is']),
    ...Object.entries(MEASUREMENTS).map(([name, m]) => line([`\`${name}\``, bucketsOf(m), m.tags.join(', '), m.is])),
  ].join('\n')

const ROW_HEADINGS = ['field', 'unit', 'what it is']

/** Measurements that share one list of fields share one table. */
const rowSections = (): readonly string[] => {
  const named = Object.entries(ROWS) as [MeasurementName, (typeof ROWS)[MeasurementName] & object][]
  return [...new Set(named.map(([, fields]) => fields))].map((fields) => {
    const names = named.filter(([, own]) => own === fields).map(([name]) => name)
    const abouts = names.map((name) => `\`${name}\` is ${MEASUREMENTS[name].is}`)
    const lines = Object.entries(fields).map(([name, { unit, is }]) => line([`\`${name}\``, unit, is]))
    return [`### ${quoted(names)}`, '', `${abouts.join('; ')}.`, '', ...heading(ROW_HEADINGS), ...lines].join('\n')
  })
}

const ROWS_INTRODUCTION = `## Rows of the collector

What the collector writes beside the values of modules. \`battery\`, \`circuit\` and \`unknown\` have these fields too.`

const units = (): string =>
  ['## Units', '', ...heading(['unit', 'is']), ...Object.entries(UNITS).map(([unit, is]) => line([unit, is]))].join(
    '\n',
  )

/** The whole page, ending in a newline. */
export const fieldsDocument = (kinds: readonly ModuleKind[]): string => {
  const sections = kinds.map((kind, i) => section(kind, kinds.slice(0, i)))
  return `${[INTRODUCTION, ...sections, measurements(), ROWS_INTRODUCTION, ...rowSections(), units()].join('\n\n')}\n`
}
