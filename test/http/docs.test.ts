import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COUNTERS } from '../../src/counters.ts'
import { REASONS } from '../../src/http/readiness.ts'
import { SETTINGS } from '../../src/settings.ts'
import { GAP_CAUSES } from '../../src/track/causes.ts'
import { VERDICTS } from '../../src/track/verdict.ts'
import { account, serve, status } from './serve.ts'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const [cloud, monitoring, readme] = [read('docs/cloud.md'), read('docs/monitoring.md'), read('README.md')]

/** Cells of the rows of the table under this heading of a page. */
const rowsUnder = (page: string, heading: string): string[][] => {
  const [, rest = ''] = page.split(`## ${heading}\n`)
  const lines = rest.split('\n')
  const table = lines.slice(lines.findIndex((line) => line.startsWith('|')))
  return table.slice(2, Math.max(2, table.indexOf(''))).map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', ''))
      .slice(1, -1),
  )
}

it('the verdicts, with their codes', () => {
  const codes = Object.entries(VERDICTS).map(([verdict, { code }]) => [String(code), verdict])
  expect(rowsUnder(cloud, 'Verdicts').map((cells) => cells.slice(0, 2))).toEqual(codes)
  for (const verdict of Object.keys(VERDICTS)) expect(readme).toContain(`\`${verdict}\``)
})

it('the causes of gaps', () => {
  expect(rowsUnder(cloud, 'Gaps').map(([cause]) => cause)).toEqual(Object.keys(GAP_CAUSES))
})

it('the reasons why a collector is not ready', () => {
  expect(rowsUnder(monitoring, 'Readiness').map(([reason]) => reason)).toEqual(Object.keys(REASONS))
})

it('every metric, and no other', async () => {
  const served = await serve({ status: () => ({ ...status, accounts: [account] }) })
  try {
    const text = await (await served.get('/metrics')).text()
    const counters = Object.keys(COUNTERS).map((name) => `powerkits_${name}_total`)
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!)
    const told = rowsUnder(monitoring, 'Prometheus').flatMap(([cell]) => cell!.split(', '))
    expect(told.slice(1).sort()).toEqual(names.filter((name) => !counters.includes(name)).sort())
  } finally {
    await served.close()
  }
})

it('metrics in rules, and settings, that there are', () => {
  const rules = monitoring.slice(monitoring.indexOf('## Rules'))
  const counters = Object.keys(COUNTERS).map((name) => `powerkits_${name}_total`)
  const known = [...rowsUnder(monitoring, 'Prometheus').flatMap(([cell]) => cell!.split(', ')), ...counters]
  const used = [...rules.matchAll(/\bpowerkits_\w+/g)].map(([name]) => name)
  expect(used.length).toBeGreaterThan(5)
  expect(used.filter((name) => !known.includes(name))).toEqual([])
  const settings = [cloud, monitoring, readme].flatMap((page) => [...page.matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g)])
  const names = settings.map(([, name]) => name!.replace(/_FILE$/, ''))
  expect(names.length).toBeGreaterThan(20)
  expect(
    names.filter((name) => !(name in SETTINGS) && !(`${name}_FILE` in SETTINGS) && name !== 'MALLOC_ARENA_MAX'),
  ).toEqual([])
})
