import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { typeComplaints } from './board-types.ts'

const FOLDER = 'grafana/dashboards'
const boards = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.replace('.json', ''), readFileSync(`${FOLDER}/${name}`, 'utf8')]),
)

it('every board is what the types of Grafana’s schema describe', () => {
  expect(boards.size).toBeGreaterThan(0)
  expect(typeComplaints(boards)).toEqual([])
})

it('finds what is unknown, missing or of another type, in the options of a panel as well', () => {
  const panel = {
    type: 'stat',
    title: 'Charge',
    fieldConfig: { defaults: { unit: 'percent' }, overrides: [] },
  }
  const board = (change: object): string =>
    JSON.stringify({ schemaVersion: 39, templating: {}, annotations: {}, panels: [{ ...panel, ...change }] })
  const wrong: Readonly<Record<string, readonly [object, RegExp]>> = {
    unknown: [{ titel: 'x' }, /titel/],
    type: [{ title: 7 }, /'number' is not assignable to type 'string'/],
    option: [{ options: { graphMode: 'bars' } }, /"bars"|graphMode/],
    missing: [{ fieldConfig: { defaults: { unit: 'percent' } } }, /overrides/],
    place: [{ gridPos: { x: 0, y: 0, h: 1 } }, /'w'/],
  }
  const changes = Object.entries(wrong).map(([name, [change]]): [string, string] => [name, board(change)])
  const complaints = typeComplaints(new Map([['right', board({})], ...changes])).join('\n')
  expect(complaints).not.toContain('right.ts')
  for (const [name, [, complaint]] of Object.entries(wrong)) {
    const own = complaints.split(/\n(?=\S)/).filter((text) => text.startsWith(`${name}.ts`))
    expect(own.join('\n'), name).toMatch(complaint)
  }
})
