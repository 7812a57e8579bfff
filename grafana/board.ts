/** A board from its panels: what all boards share, and where each finds the others. */

import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  type AnnotationQuery,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type { BoardPanel } from './panel.ts'

export const BOARDS = [
  'fleet',
  'kit',
  'energy',
  'batteries',
  'solar',
  'inverter',
  'circuits',
  'generator',
  'events',
  'health',
] as const

export type BoardName = (typeof BOARDS)[number]

interface Section {
  readonly title: string
  readonly panels: readonly BoardPanel[]
}

export interface Board {
  readonly name: BoardName
  readonly title: string
  readonly about: string
  /** What it shows when opened, e.g. `now-24h`. */
  readonly from: string
  readonly variables: readonly Builder<VariableModel>[]
  readonly annotations?: readonly Builder<AnnotationQuery>[]
  readonly sections: readonly Section[]
}

const TAG = 'powerkits'

export const uidOf = (name: BoardName): string => `powerkits-${name}`

/** The kit of the row that is clicked: its SN stands in the column `Kit`. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax
export const OF_ROW = '${__data.fields.Kit}'

/** The kit of this board. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax
export const THIS_KIT = '${kit}'

/** Another board with the kit and, where told, the module of the row that is clicked. */
export const boardUrl = (name: BoardName, kit: string, more = ''): string =>
  `/d/${uidOf(name)}?var-kit=${kit}${more}&\${__url_time_range}`

const others = (): DashboardLinkBuilder =>
  new DashboardLinkBuilder('Power Kits')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true)

/** In sight at the top, and not in the menu of controls, where the SDK puts them. */
const inSight = ({ placement: _, ...link }: DashboardLink): DashboardLink => link

export const buildBoard = (board: Board): Dashboard => {
  const dashboard = new DashboardBuilder(board.title)
    .uid(uidOf(board.name))
    .description(board.about)
    .tags([TAG])
    .timezone('browser')
    .time({ from: board.from, to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .editable()
    .link(others())
    .variables([...board.variables])
    .annotations([...(board.annotations ?? [])])
  for (const { title, panels } of board.sections) {
    dashboard.withRow(new RowBuilder(title))
    for (const panel of panels) dashboard.withPanel(panel)
  }
  const built = dashboard.build()
  const links = (built.links ?? []).map(inSight)
  return { ...built, links, panels: (built.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })) }
}
