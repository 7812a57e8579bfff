/** Shows what the doctor says of a healthy collector, and of five that are not, each against a simulated cloud. */
import { startSimulator } from '../src/simulator/simulator.ts'
import { type Clinic, leadTo, openClinic, type Visit } from '../test/doctor/clinic.ts'
import { startScripted } from '../test/store/scripted-influx.ts'

export const title = 'doctor: all well, clock off, wrong region, kit not permitted, store token wrong, disk full'

/** What is wrong, arranged: a visit, what the doctor must find beside passes, and how to clean up. */
interface Case {
  readonly name: string
  /** State and subject of each line that is no pass; the kit's serial number is written SN. */
  readonly finds: readonly string[]
  arrange(clinic: Clinic): Promise<{ visit?: Visit; clear?: () => Promise<void> }>
}

const SEED = 5

const CASES: readonly Case[] = [
  { name: 'all well', finds: [], arrange: async () => ({}) },
  {
    name: 'the clock of this machine is 3 minutes behind',
    finds: ['warn clock'],
    arrange: async ({ simulator }) => {
      simulator.faults.skewClock(180_000)
      return {}
    },
  },
  {
    name: 'ECOFLOW_REGION=eu, and the keys are of us',
    finds: ['fail main, region', 'skip main, kits', 'skip main, broker', 'skip main, subscriptions'],
    arrange: async ({ simulator }) => {
      simulator.faults.wrongRegion('account-1')
      const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
      const us = await startSimulator({ ...sockets, kits: 2, seed: SEED, region: 'us' })
      const places = { 'https://api-e.ecoflow.com': simulator.httpUrl, 'https://api-a.ecoflow.com': us.httpUrl }
      return {
        visit: {
          env: { ECOFLOW_URL: '', ECOFLOW_REGION: 'eu' },
          world: { fetch: leadTo(places) },
          lookup: async () => '127.0.0.1',
        },
        clear: us.stop,
      }
    },
  },
  {
    name: 'the vendor does not open one of the kits to its API',
    finds: ['fail main, kit SN “Van”'],
    arrange: async ({ simulator }) => {
      simulator.faults.http(simulator.kitSns[0]!, { kind: 'code', code: '1006' })
      return {}
    },
  },
  {
    name: 'the store refuses the token',
    finds: ['fail store'],
    arrange: async () => {
      const body = { code: 'unauthorized', message: 'unauthorized access' }
      const influx = await startScripted(() => ({ status: 401, body }))
      return { visit: { env: { INFLUX_URL: influx.url, INFLUX_TOKEN: 'of-another-server' } }, clear: influx.close }
    },
  },
  {
    name: 'the disk is full',
    finds: ['fail disk'],
    arrange: async () => ({ visit: { freeBytes: async () => 20 * 1024 ** 2 } }),
  },
]

/** `fail main, keys` of each line that is no pass. */
const foundIn = (lines: readonly string[], kitSn: string): string[] =>
  lines
    .slice(0, -1)
    .filter((line) => !line.startsWith('pass'))
    .map((line) => line.replace(kitSn, 'SN').replace(/^(\w+) {2}([^:]+):.*$/, '$1 $2'))

const runCase = async ({ name, finds, arrange }: Case): Promise<boolean> => {
  const clinic = await openClinic(SEED)
  const { visit, clear } = await arrange(clinic)
  const { lines, isWell } = await clinic.look(visit)
  await clear?.()
  await clinic.close()
  const found = foundIn(lines, clinic.simulator.kitSns[0]!)
  const isAsExpected = found.join() === finds.join() && isWell === !finds.some((each) => each.startsWith('fail'))
  console.log(`--- ${name}: exit code ${isWell ? 0 : 1}`)
  console.log(lines.join('\n').replaceAll(clinic.dataDir, 'data'))
  if (!isAsExpected) console.log(`expected beside passes: ${finds.join('; ') || 'nothing'}; found: ${found.join('; ')}`)
  console.log('')
  return isAsExpected
}

export const run = async (): Promise<boolean> => {
  let isRight = true
  for (const each of CASES) isRight = (await runCase(each)) && isRight
  return isRight
}
