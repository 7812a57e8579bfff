/** Every file that Grafana reads, made from the boards. Writing them is left to bin/dashboards.mjs. */
import { rulesFile } from './alerting.ts'
import { type Board, buildBoard } from './board.ts'
import { batteries } from './boards/batteries.ts'
import { circuits } from './boards/circuits.ts'
import { energy } from './boards/energy.ts'
import { events } from './boards/events.ts'
import { fleet } from './boards/fleet.ts'
import { generator } from './boards/generator.ts'
import { health } from './boards/health.ts'
import { inverter } from './boards/inverter.ts'
import { kit } from './boards/kit.ts'
import { solar } from './boards/solar.ts'
import { datasourcesFile, providerFile } from './datasources.ts'

export const ALL_BOARDS: readonly Board[] = [
  fleet,
  kit,
  energy,
  batteries,
  solar,
  inverter,
  circuits,
  generator,
  events,
  health,
]

const jsonOf = (content: object): string => `${JSON.stringify(content, null, 2)}\n`

/** JSON is YAML too: one writer for both. */
const yamlOf = (content: object): string => `# Made by \`npm run dashboards\`.\n${jsonOf(content)}`

/** Path below grafana/ → text. */
export const grafanaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...ALL_BOARDS.map((board): [string, string] => [`dashboards/${board.name}.json`, jsonOf(buildBoard(board))]),
    ['provisioning/datasources/powerkits.yaml', yamlOf(datasourcesFile())],
    ['provisioning/dashboards/powerkits.yaml', yamlOf(providerFile())],
    ['provisioning/alerting/powerkits.yaml', yamlOf(rulesFile())],
  ])
