/**
 * The rules of the layout, each a function from files to complaints (none when kept). `architecture.test.ts` applies
 * them to the real files, `rules.test.ts` shows each one going red.
 */
import { posix } from 'node:path'
import { code, type Files, findCycle, importsOf, packageOf } from './imports.ts'

export type Rule = (files: Files) => string[]

const isUnder = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`))

const MIDDLE = [
  'src/report',
  'src/normalise',
  'src/track',
  'src/catalogue',
  'src/store/line-bytes.ts',
  'src/store/line-protocol.ts',
  'src/pipeline.ts',
  'src/control/command-record.ts',
]
const MIDDLE_MAY_IMPORT = [...MIDDLE, 'src/counters.ts', 'src/errors.ts', 'src/store/record.ts']
/** History is asked through the store's questions alone, so that any store answers, also from afar. */
const ANALYSIS_MAY_IMPORT = [...MIDDLE, 'src/analysis', 'src/store/store.ts', 'src/store/order.ts', 'src/nearest.ts']
/** Where the middle holds schemas as data. */
const SCHEMAS = ['src/catalogue/command.ts', 'src/catalogue/commands']
const OUTSIDE_WORLD =
  /\b(?:Date\.now|performance\.now|Math\.random|setTimeout|setInterval|setImmediate|console\.\w+|fetch)\(|\bnew Date\(\)/

/** The one place of each package. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  '@duckdb/node-api': ['src/store/embedded'],
  '@fastify/rate-limit': ['src/http'],
  '@fastify/static': ['src/http/console.ts'],
  '@fastify/swagger': ['src/http'],
  '@fastify/swagger-ui': ['src/http'],
  '@grafana/grafana-foundation-sdk': ['grafana'],
  '@influxdata/influxdb-client': ['src/store/influx.ts'],
  commander: ['src/main.ts', 'src/options.ts', 'src/grafana-install/grafana-command.ts'],
  fastify: ['src/http'],
  'fastify-type-provider-zod': ['src/http'],
  mqtt: ['src/cloud/mqtt-link.ts'],
  'mqtt-packet': ['src/cloud/mqtt-link.ts', 'src/simulator/broker.ts'],
  nodemailer: ['src/alerts/mail.ts'],
  'p-queue': ['src/backfill'],
  pino: ['src/log.ts'],
  preact: ['src/console'],
  uplot: ['src/console/parts/chart.tsx', 'src/console/parts/chart'],
  vite: ['src/console/vite.config.ts'],
  'pino-pretty': ['src/log.ts'],
  'prom-client': ['src/http'],
  yaml: ['src/fleet-file.ts'],
  zod: [
    ...SCHEMAS,
    'src/config.ts',
    'src/settings.ts',
    'src/setting-kinds.ts',
    'src/fleet-file.ts',
    'src/fleet-file-kit.ts',
    'src/http',
    'src/cloud',
    'src/shell/manifest.ts',
    'src/local/questions.ts',
  ],
}

const VAGUE = /^(?:utils?|helpers?|common|types|managers?|index)$/

const sources = (files: Files): Files => new Map([...files].filter(([path]) => /^(?:src|grafana)\//.test(path)))

const matching = (files: Files, pattern: RegExp, complaint: string): string[] =>
  [...files].flatMap(([path, text]) => (pattern.test(code(text)) ? [`${path} ${complaint}`] : []))

const rowsOf = (table: string | undefined): string[] =>
  [...code(table ?? '').matchAll(/^ {2}(\w+): ['{]/gm)].map((match) => match[1] ?? '')

const everyRowIsUsed =
  (table: string): Rule =>
  (files) => {
    const rows = rowsOf(files.get(table))
    if (rows.length === 0) return [`${table} has no rows that this rule can read`]
    const others = [...sources(files)].filter(([path]) => path !== table).map(([, text]) => code(text))
    return rows.filter((row) => !others.some((text) => text.includes(`'${row}'`))).map((row) => `${table}: ${row}`)
  }

/** By what each one demands. */
const mostLines = (path: string): number =>
  path.startsWith('src/catalogue/') || path === 'src/errors.ts' ? 400 : path.startsWith('test/') ? 350 : 250

export const RULES: Readonly<Record<string, Rule>> = {
  'the middle imports only itself, counters, errors and the shape of a record': (files) =>
    importsOf(files)
      .filter(({ from }) => isUnder(from, MIDDLE))
      .filter(({ from, to, isOwn }) =>
        isOwn ? !isUnder(to, MIDDLE_MAY_IMPORT) : !(to === 'zod' && isUnder(from, SCHEMAS)),
      )
      .map(({ from, to }) => `${from} imports ${to}`),

  'the middle has no clock, timer, randomness, network or console': (files) =>
    matching(
      new Map([...files].filter(([path]) => isUnder(path, MIDDLE))),
      OUTSIDE_WORLD,
      'reaches out of the middle by a global',
    ),

  'analysis imports the middle, the contract of a store and nothing that does anything': (files) =>
    importsOf(files)
      .filter(({ from, to }) => isUnder(from, ['src/analysis']) && !isUnder(to, ANALYSIS_MAY_IMPORT))
      .map(({ from, to }) => `${from} imports ${to}`)
      .concat(
        matching(new Map([...files].filter(([path]) => isUnder(path, ['src/analysis']))), OUTSIDE_WORLD, 'reaches out'),
      ),

  'each package has one door': (files) =>
    importsOf(sources(files))
      .filter(({ to, isOwn }) => !isOwn && !to.startsWith('node:'))
      .filter(({ from, to }) => !isUnder(from, DOORS[packageOf(to)] ?? []))
      .map(({ from, to }) => `${from} imports ${to}, whose door is ${DOORS[packageOf(to)]?.join(', ') ?? 'not named'}`),

  'the console imports only itself: it knows the collector by its API': (files) =>
    importsOf(files)
      .filter(({ from, to, isOwn }) => isOwn && isUnder(from, ['src/console']) && !isUnder(to, ['src/console']))
      .map(({ from, to }) => `${from} imports ${to}`),

  'built-in modules are written with node:': (files) =>
    importsOf(files)
      .filter(
        ({ to, isOwn }) => !isOwn && /^(?:fs|path|os|net|http|https|crypto|zlib|stream|util|events)(?:\/|$)/.test(to),
      )
      .map(({ from, to }) => `${from} imports ${to}`),

  'what is imported is named in plain text': (files) =>
    matching(sources(files), /\bimport\(\s*[^'"\s]|\brequire\(/, 'imports something that no rule can read'),

  'only the command line reads process.env and exits': (files) =>
    matching(
      new Map([...sources(files)].filter(([path]) => path !== 'src/main.ts')),
      /\bprocess\.(?:env|exit|exitCode)\b/,
      'uses process.env or exits',
    ),

  'there is no import cycle': (files) => {
    const cycle = findCycle(importsOf(files))
    return cycle.length === 0 ? [] : [cycle.join(' → ')]
  },

  'relative imports name a file there is': (files) =>
    importsOf(files)
      .filter(({ to, isOwn }) => isOwn && /\.tsx?$/.test(to) && !files.has(to))
      .map(({ from, to }) => `${from} imports ${to}`),

  'names say what is inside': (files) =>
    [...files.keys()].filter((path) => path.split('/').some((part) => VAGUE.test(posix.parse(part).name))),

  'files are named in kebab-case': (files) =>
    [...files.keys()].filter((path) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(posix.basename(path))),

  'nothing is exported by default': (files) =>
    matching(
      new Map([...files].filter(([path]) => path !== 'src/console/vite.config.ts')),
      /^export default\b|\bas default\b/m,
      'has a default export',
    ),

  'files are short: 250 lines, catalogue data and the table of errors 400, suites 350': (files) =>
    [...files].flatMap(([path, text]) => {
      const lines = text.trimEnd().split('\n').length
      return lines > mostLines(path) ? [`${path} has ${lines} lines`] : []
    }),

  'files begin with a header comment': (files) =>
    [...sources(files)].flatMap(([path, text]) => (text.startsWith('/**') ? [] : [path])),

  'every row of the error table is used': everyRowIsUsed('src/errors.ts'),
  'every row of the counter table is used': everyRowIsUsed('src/counters.ts'),
}
