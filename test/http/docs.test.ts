import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COMMAND_STATES } from '../../src/control/command-record.ts'
import { COUNTERS } from '../../src/counters.ts'
import { PROBLEMS } from '../../src/http/problem.ts'
import { REASONS } from '../../src/http/readiness.ts'
import { SCOPES } from '../../src/http/tokens.ts'
import { SETTINGS } from '../../src/settings.ts'
import { GAP_CAUSES } from '../../src/track/causes.ts'
import { VERDICTS } from '../../src/track/verdict.ts'
import { account, serve, status } from './serve.ts'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const [cloud, monitoring, control, readme] = [
  'docs/cloud.md',
  'docs/monitoring.md',
  'docs/control.md',
  'README.md',
].map(read) as [string, string, string, string]

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

it('the states of commands', () => {
  expect(rowsUnder(control, 'States').map(([state]) => state)).toEqual(Object.keys(COMMAND_STATES))
})

it('what tokens allow', () => {
  const scopes = control.slice(control.indexOf('| scope '), control.indexOf('`HTTP_TOKEN` stays'))
  const words = [...scopes.matchAll(/^\| `(\w+)`/gm)].map(([, scope]) => scope)
  expect(words).toEqual(Object.keys(SCOPES))
})

it('why commands are refused, and no other reason', () => {
  const folder = new URL('../../src/control/', import.meta.url)
  const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const refused = texts.flatMap((text) => [
    ...text.matchAll(/(?:\brefus(?:e|al)\(\s*|\bcode: )'(\w+)',\s*(?:status: )?(\d+)/g),
  ])
  expect(refused.length).toBeGreaterThan(10)
  const rows = new Map(rowsUnder(control, 'Refusals').map(([code, status]) => [code!, status!]))
  for (const [, code, status] of refused) expect([code, status, '4xx']).toContain(rows.get(code!))
  for (const [code, { status }] of Object.entries(PROBLEMS).filter(([code]) => rows.has(code)))
    expect([code, [String(status), '4xx']]).toEqual([code, expect.arrayContaining([rows.get(code)])])
  const known = new Set([...refused.map(([, code]) => code!), ...Object.keys(PROBLEMS)])
  const ours = ['path_unknown', 'failed', 'store_unavailable']
  const ofSetup = rowsUnder(cloud, 'The set-up page').map(([code]) => code!)
  expect([...rows.keys(), ...ours, ...ofSetup].sort()).toEqual([...known].sort())
})

it('why keys are refused, with the status', () => {
  for (const [code, status] of rowsUnder(cloud, 'The set-up page'))
    expect([code, PROBLEMS[code as keyof typeof PROBLEMS].status]).toEqual([code, Number(status)])
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
  const settings = [cloud, monitoring, control, readme].flatMap((page) => [
    ...page.matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g),
  ])
  const names = settings.map(([, name]) => name!.replace(/_FILE$/, ''))
  expect(names.length).toBeGreaterThan(20)
  expect(
    names.filter((name) => !(name in SETTINGS) && !(`${name}_FILE` in SETTINGS) && name !== 'MALLOC_ARENA_MAX'),
  ).toEqual([])
})
