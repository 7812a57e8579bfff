/** docs/fields.md is what the catalogue says now. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { fieldsDocument } from '../../src/catalogue/document.ts'
import type { NumberField } from '../../src/catalogue/field.ts'
import { MEASUREMENTS } from '../../src/catalogue/measurements.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { ROWS } from '../../src/catalogue/rows.ts'

const page = fieldsDocument(MODULES)
const rows = page.split('\n').filter((line) => line.startsWith('| '))

test('docs/fields.md is current: if not, run node bin/fields.mjs', async () => {
  expect(await readFile(new URL('../../docs/fields.md', import.meta.url), 'utf8')).toBe(page)
})

test('the page has a row for every wire field and every measurement', () => {
  for (const kind of MODULES) for (const field of kind.fields) expect(page).toContain(`| \`${field.wire}\``)
  for (const name of Object.keys(MEASUREMENTS)) expect(page).toContain(`| \`${name}\` |`)
})

test('every field of the collector’s own rows stands under its measurement, with unit and meaning', () => {
  for (const [name, fields] of Object.entries(ROWS)) {
    const found = page.split('\n### ').filter((part) => part.split('\n')[0]!.split(', ').includes(`\`${name}\``))
    expect([name, found.length]).toEqual([name, 1])
    for (const [field, { unit, is }] of Object.entries(fields))
      expect(found[0]).toContain(`\n| \`${field}\` | ${unit} | ${is} |`)
  }
  expect(page).toContain('\n### `energy_day`, `energy_month`, `energy_year`\n')
})

test('every row has as many cells as its heading', () => {
  const cells = (row: string) => row.split(' | ').length
  expect(new Set(rows.map(cells))).toEqual(new Set([9, 4, 3, 2]))
})

test('an entry reads as its row', () => {
  expect(rows).toContain(
    '| `totalAmp` | `current_a` | a | signed 16 bit, ÷ 10 | -2000 … 2000 |  | Current, positive while charging | L1181; C2, C3 | verified |',
  )
  expect(page).toContain('| `warn_code`, `warnCode` | `warning_code` | code |')
  expect(page).toContain('| `errorCodeAdd` | `error_code` of circuits 1 to 6, and of the panel | code |')
  expect(page).toContain('| `pv2InVol` | `voltage_v` of input 2 | v | ÷ 1000 |')
  expect(page).toContain(
    '| `altCableLen` | `cable_length_m` | m | ÷ 100 | 0 … 100 | -1, 65535 | Cable length (setting) |',
  )
})

test('the page changes with the catalogue', () => {
  const wider = MODULES.map((kind) => ({
    ...kind,
    fields: kind.fields.map((f) => (f.wire === 'busVol' ? { ...(f as NumberField), range: [0, 700] as const } : f)),
  }))
  expect(fieldsDocument(wider)).not.toBe(page)
})
