/** Shows that the stack can be started as it is: its compose file, its images, its secrets, and what Grafana reads. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { grafanaFiles } from '../grafana/build.ts'
import { typeComplaints } from '../test/stack/board-types.ts'
import {
  againstSchema,
  complaintsOf,
  mountedPaths,
  parseCompose,
  SERVICE_RULES,
  unpinnedBases,
} from '../test/stack/compose-file.ts'

export const title = 'compose file against its schema, pinned images, no default secret, generated files and boards'

const DASHBOARDS = 'grafana/dashboards'

/** A check by name → what it objects to. */
type Checks = readonly (readonly [name: string, complaints: readonly string[]])[]

const checksOfStack = (): Checks => {
  const compose = parseCompose(readFileSync('docker-compose.yml', 'utf8'))
  const dockerfile = readFileSync('Dockerfile', 'utf8')
  return [
    ['docker-compose.yml is what the Compose Specification describes', againstSchema(compose)],
    ...Object.keys(SERVICE_RULES).map(
      (rule) => [`each service: ${rule}`, complaintsOf(rule, compose, dockerfile)] as const,
    ),
    ['the image is built on what is pinned', unpinnedBases(dockerfile)],
    ['what it mounts is in the checkout', mountedPaths(compose).filter((path) => !existsSync(path))],
  ]
}

const checksOfGrafana = (): Checks => {
  const made = grafanaFiles()
  const boards = new Map(
    readdirSync(DASHBOARDS).map((name) => [name.replace('.json', ''), readFileSync(`${DASHBOARDS}/${name}`, 'utf8')]),
  )
  const stale = [...made].filter(([path, text]) => readFileSync(`grafana/${path}`, 'utf8') !== text)
  const strangers = [...boards.keys()].filter((name) => !made.has(`dashboards/${name}.json`))
  return [
    [`${made.size} generated files are current`, [...stale.map(([path]) => path), ...strangers]],
    [`${boards.size} boards are what the types of Grafana’s schema describe`, typeComplaints(boards)],
  ]
}

const images = (): string[] => {
  const { services } = parseCompose(readFileSync('docker-compose.yml', 'utf8'))
  return Object.entries(services).map(([name, { image }]) => `${name.padEnd(12)}${image}`)
}

export const run = async (): Promise<boolean> => {
  const checks = [...checksOfStack(), ...checksOfGrafana()]
  for (const line of images()) console.log(line)
  console.log('')
  for (const [name, complaints] of checks) {
    console.log(`${complaints.length === 0 ? 'kept  ' : 'BROKEN'}  ${name}`)
    for (const complaint of complaints) console.log(`          ${complaint}`)
  }
  return checks.every(([, complaints]) => complaints.length === 0)
}
