/** docs/commands.md is what the catalogue of commands says now. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import { commandsDocument } from '../../src/catalogue/commands-document.ts'

const page = commandsDocument(COMMANDS)

test('docs/commands.md is current: if not, run node bin/fields.mjs', async () => {
  expect(await readFile(new URL('../../docs/commands.md', import.meta.url), 'utf8')).toBe(page)
})

test('the page has a section for every command, with its example, source and what shows its effect', () => {
  const sections = page.split('\n## ').slice(1)
  expect(sections.map((section) => section.split('\n')[0])).toEqual(COMMANDS.map(({ name }) => name))
  for (const section of sections)
    for (const part of ['\n- Example: ', '\n- Wire: ', '\n- Seen in: ', '\n- Sure: ', '\n- Source: '])
      expect(section).toContain(part)
})

test('an entry reads as its section', () => {
  expect(page).toContain('| `percent` | 50 … 100 | % | yes | upper limit |')
  expect(page).toContain('| `volts` | 10 … 60, steps of 0.1 | V |  | voltage limit |')
  expect(page).toContain('| `volts` | 12, 24 | V | yes | voltage |')
  expect(page).toContain('- Example: `powerkits set KIT dc-panel.circuit-switch circuit=3 on=true`')
  expect(page).toContain('- Wire: `chgDsgParaSet`, sent to hub as module type 15362, over HTTP')
  expect(page).toContain('- Seen in: `lddc.dcChRelay` (its bit)')
  expect(page).toContain('- Dangerous when switched off. The collector')
})

test('every row has as many cells as its heading', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  expect(new Set(rows.map((row) => row.split(' | ').length))).toEqual(new Set([5]))
})

test('the page changes with the catalogue', () => {
  expect(commandsDocument(COMMANDS.slice(1))).not.toBe(page)
})
