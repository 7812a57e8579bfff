/** Every file that Grafana reads, made from the boards. Writing them is left to bin/dashboards.mjs. */
import { type Board, buildBoard } from './board.ts'
import { fleet } from './boards/fleet.ts'
import { datasourcesFile, providerFile } from './datasources.ts'

export const ALL_BOARDS: readonly Board[] = [fleet]

const jsonOf = (content: object): string => `${JSON.stringify(content, null, 2)}\n`

/** JSON is YAML too: one writer for both. */
const yamlOf = (content: object): string => `# Made by \`npm run dashboards\`.\n${jsonOf(content)}`

/** Path below grafana/ → text. */
export const grafanaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...ALL_BOARDS.map((board): [string, string] => [`dashboards/${board.name}.json`, jsonOf(buildBoard(board))]),
    ['provisioning/datasources/powerkits.yaml', yamlOf(datasourcesFile())],
    ['provisioning/dashboards/powerkits.yaml', yamlOf(providerFile())],
  ])
