import { describe, expect, it } from 'vitest'
import { findCycle, importsOf } from './imports.ts'
import { readFiles } from './read-files.ts'
import { RULES } from './rules.ts'

const HEADER = '/** What lives here. */\n'
const CLEAN = {
  'src/errors.ts': `${HEADER}export const ERRORS = {\n  config_invalid: {\n    effect: 'x',\n  },\n}\n`,
  'src/counters.ts': `${HEADER}export const COUNTERS = {\n  reports: 'messages understood',\n}\n`,
  'src/store/record.ts': `${HEADER}export interface Input {}\n`,
  'src/report/decode.ts': `${HEADER}import type { Input } from '../store/record.ts'\n// process.env, Date.now() in prose\ncount('reports')\n`,
  'src/config.ts': `${HEADER}import {\n  z,\n} from 'zod'\nthrow 'config_invalid'\n`,
  'src/main.ts': `${HEADER}process.exit(Number(process.env.X))\nawait import('./config.ts')\n`,
}

const withFiles = (changes: Readonly<Record<string, string>>) => new Map(Object.entries({ ...CLEAN, ...changes }))
const decoding = (text: string) => ({ 'src/report/decode.ts': `${HEADER}count('reports')\n${text}\n` })

const BREAKS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  'the middle imports only itself, counters, errors and the shape of a record': [
    decoding("import { readFileSync } from 'node:fs'"),
    decoding("import type { Config } from '../config.ts'"),
    decoding("import 'zod'"),
    decoding("const late = await import('../config.ts')"),
    decoding("export {\n  z,\n} from '../config.ts'"),
    { 'src/pipeline.ts': `${HEADER}import { log } from "./log.ts"\n` },
  ],
  'the middle has no clock, timer, randomness, network or console': [
    decoding('const at = Date.now()'),
    decoding('const at = new Date()'),
    decoding('console.log(1)'),
    decoding("const url = 'http://a' + Math.random()"),
  ],
  'analysis imports the middle, the contract of a store and nothing that does anything': [
    { 'src/analysis/a.ts': `${HEADER}import { openInflux } from '../store/influx.ts'\n` },
    { 'src/analysis/a.ts': `${HEADER}import { readFileSync } from 'node:fs'\n` },
    { 'src/analysis/a.ts': `${HEADER}const at = Date.now()\n` },
  ],
  'each package has one door': [
    { 'src/log.ts': `${HEADER}import { z } from 'zod'\n` },
    { 'src/log.ts': `${HEADER}import { connect } from 'mqtt/dist/x'\n` },
    { 'src/log.ts': `${HEADER}import type { Left } from '@left/pad/x'\n` },
  ],
  'the console imports only itself: it knows the collector by its API': [
    { 'src/console/a.tsx': `${HEADER}import { UNITS } from '../catalogue/units.ts'\n` },
  ],
  'built-in modules are written with node:': [{ 'test/a.test.ts': "import fs from 'fs'\n" }],
  'what is imported is named in plain text': [
    { 'src/log.ts': `${HEADER}await import(name)\n` },
    { 'src/log.ts': `${HEADER}const x = require('zod')\n` },
  ],
  'only the command line reads process.env and exits': [
    { 'src/log.ts': `${HEADER}const level = process.env.LOG\n` },
    { 'src/log.ts': `${HEADER}process.exit(1)\n` },
  ],
  'there is no import cycle': [
    {
      'src/a.ts': `${HEADER}import './b.ts'\n`,
      'src/b.ts': `${HEADER}export { c } from './c.ts'\n`,
      'src/c.ts': `${HEADER}import type { A } from './a.ts'\n`,
    },
  ],
  'relative imports name a file there is': [{ 'src/a.ts': `${HEADER}import './gone.ts'\n` }],
  'names say what is inside': [
    { 'src/utils/a.ts': HEADER },
    { 'src/store/helpers.ts': HEADER },
    { 'src/store/index.ts': HEADER },
  ],
  'files are named in kebab-case': [{ 'src/lineProtocol.ts': HEADER }, { 'src/line_protocol.ts': HEADER }],
  'nothing is exported by default': [{ 'src/a.ts': `${HEADER}export default 1\n` }],
  'files are short: 250 lines, catalogue data and the table of errors 400, suites 350': [
    { 'src/a.ts': `${HEADER}${'x\n'.repeat(250)}` },
    { 'src/catalogue/a.ts': `${HEADER}${'x\n'.repeat(400)}` },
  ],
  'files begin with a header comment': [{ 'src/a.ts': 'export const a = 1\n' }],
  'every row of the error table is used': [
    { 'src/config.ts': `${HEADER}// 'config_invalid'\n` },
    { 'src/errors.ts': HEADER },
  ],
  'every row of the counter table is used': [{ 'src/report/decode.ts': HEADER }, { 'src/counters.ts': HEADER }],
}

describe('the rules of the layout', () => {
  it('each have files that break them', () => {
    expect(Object.keys(BREAKS)).toEqual(Object.keys(RULES))
  })

  it.each(Object.keys(RULES))('is kept by clean files and broken by others: %s', (name) => {
    expect(RULES[name]?.(withFiles({}))).toEqual([])
    for (const files of BREAKS[name] ?? [])
      expect(RULES[name]?.(withFiles(files)), JSON.stringify(files)).not.toEqual([])
  })

  it('allow catalogue data 400 lines, suites 350 and everything else 250', () => {
    const limits = {
      'src/catalogue/a.ts': `${HEADER}${'x\n'.repeat(399)}`,
      'src/a.ts': `${HEADER}${'x\n'.repeat(249)}`,
      'test/a.test.ts': `${HEADER}${'x\n'.repeat(349)}`,
    }
    expect(
      RULES['files are short: 250 lines, catalogue data and the table of errors 400, suites 350']?.(withFiles(limits)),
    ).toEqual([])
  })

  it('see through every way to write an import', () => {
    const text = `import 'a'\nimport b from 'b'\nimport * as c from "c"\nimport {\n  type D,\n  e,\n} from '@s/d/x'\nexport * from './f.ts'\nconst g = await import('../g.ts')\nconst h = { from: 'h' }\nexport type I = 'i'\n`
    const found = importsOf(new Map([['src/x/a.ts', text]])).map(({ to }) => to)
    expect(found).toEqual(['a', 'b', 'c', '@s/d/x', 'src/x/f.ts', 'src/g.ts'])
  })

  it('tell the way of a cycle, and a diamond is none', () => {
    const edge = (from: string, to: string) => ({ from, to, isOwn: true })
    expect(findCycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b', 'c', 'b'])
    expect(findCycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')])).toEqual([])
  })

  it('refuse to judge nothing', () => {
    expect(() => readFiles(['no-such-folder'])).toThrow('check nothing')
  })
})
