/**
 * Holds boards, as JSON, against the types that the SDK has of Grafana's schema: the compiler reads each one as a literal,
 * so that unknown, missing and wrongly typed fields are found, in the options of each kind of panel too.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const SDK = 'node_modules/@grafana/grafana-foundation-sdk/dist'

/** A data source's own fields are its own business. */
const COG = 'export interface Dataquery { refId: string; [field: string]: unknown }\n'

/** JSON holds texts and numbers where TypeScript has enums: each becomes the union of its values, and their names. */
const withoutEnums = (declarations: string): string =>
  declarations.replace(/export declare enum (\w+) \{([^}]*)\}/g, (_, name, body: string) => {
    const members = [...body.matchAll(/(\w+) = ([^,\n]+)/g)]
    const types = members.map(([, member, value]) => `type ${member} = ${value}`)
    return `export declare namespace ${name} { ${types.join('; ')} }
export type ${name} = ${members.map(([, , value]) => value).join(' | ')}`
  })

/** `state-timeline` is declared in `statetimeline`. */
const folderOf = (panelType: string): string => panelType.replaceAll('-', '')

const panelTypesIn = (boards: ReadonlyMap<string, string>): string[] => [
  ...new Set(
    [...boards.values()].flatMap((text) => {
      const { panels = [] } = JSON.parse(text) as { panels?: { type: string; panels?: { type: string }[] }[] }
      return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).map(({ type }) => type)
    }),
  ),
]

/** The dashboard's type with each kind of panel told apart. */
const boardType = (kinds: readonly { type: string; hasFieldConfig: boolean }[]): string =>
  [
    "import type { Dashboard, FieldConfig, FieldConfigSource, Panel, RowPanel } from './dashboard/types.gen.js'",
    ...kinds.map(({ type }) => `import type * as ${folderOf(type)} from './${folderOf(type)}/types.gen.js'`),
    'type Of<T extends string, O, C> = Omit<Panel, "type" | "options" | "fieldConfig"> & { type: T; options?: O',
    '  fieldConfig?: Omit<FieldConfigSource, "defaults"> & { defaults: Omit<FieldConfig, "custom"> & { custom?: C } } }',
    `type Any = ${kinds
      .map(({ type, hasFieldConfig }) => {
        const name = folderOf(type)
        return `Of<${JSON.stringify(type)}, ${name}.Options, ${hasFieldConfig ? `${name}.FieldConfig` : 'never'}>`
      })
      .join(' | ')}`,
    'export type Board = Omit<Dashboard, "panels"> & { panels?: (Any | (Omit<RowPanel, "panels"> & { panels: Any[] }))[] }',
  ].join('\n')

const OPTIONS = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'esnext', '--moduleResolution', 'bundler']

/** What the compiler objects to, one complaint a line; `boards` is name → JSON. */
export const typeComplaints = (boards: ReadonlyMap<string, string>): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'boards-'))
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const kinds = panelTypesIn(boards).filter((type) => type !== 'row')
  const declared = new Map(
    ['dashboard', 'common', ...kinds.map(folderOf)].map((name) => [
      name,
      withoutEnums(readFileSync(join(SDK, name, 'types.gen.d.ts'), 'utf8')),
    ]),
  )
  for (const [name, text] of declared) write(`${name}/types.gen.d.ts`, text)
  write('common/index.d.ts', "export * from './types.gen.js'\n")
  write('cog/index.d.ts', COG)
  const isConfigured = (type: string): boolean => /\bFieldConfig\b/.test(declared.get(folderOf(type)) ?? '')
  write('board.ts', boardType(kinds.map((type) => ({ type, hasFieldConfig: isConfigured(type) }))))
  for (const [name, text] of boards)
    write(`${name}.ts`, `import type { Board } from './board.js'\nexport const board: Board = ${text}`)
  const files = [...boards.keys()].map((name) => `${name}.ts`)
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, ...OPTIONS, ...files], { cwd: folder, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '')
}
