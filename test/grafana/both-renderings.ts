/** A life asked of both renderings of its rule: the collector's own evaluator, and Grafana's over what a store holds. */
import { MEASUREMENTS } from '../../src/catalogue/measurements.ts'
import { encodePoint } from '../../src/store/line-protocol.ts'
import { createAsker, type Life, type Minute, minutesOf } from '../alerts/rule-lives.ts'
import { askInfluxd } from '../servers/influxd.ts'
import { createEngine } from './alert-engine.ts'
import type { FileRule } from './alert-rules-file.ts'

/** What was told, and in which minute since it went wrong. */
type Told = readonly (readonly [what: string, minute: number])[]

const DATABASES = { raw: 'powerkits-raw', history: 'powerkits-history' } as const
const LOOKED_AT = ['kit', 'module', 'error', 'collector'] as const

/** An influxd of its own for each life: databases without what another life wrote. */
const anew = async (url: string): Promise<void> => {
  for (const name of Object.values(DATABASES)) {
    await askInfluxd(url, name, `DROP DATABASE "${name}"`)
    await askInfluxd(url, name, `CREATE DATABASE "${name}"`)
  }
}

const write = async (url: string, { points }: Minute): Promise<void> => {
  for (const bucket of ['raw', 'history'] as const) {
    const measurements: readonly string[] = LOOKED_AT.filter((name) => MEASUREMENTS[name].bucket === bucket)
    const rows = points.filter(({ measurement }) => measurements.includes(measurement))
    if (rows.length === 0) continue
    const body = rows.map(encodePoint).join('')
    const answer = await fetch(`${url}/write?db=${DATABASES[bucket]}&precision=ms`, { method: 'POST', body })
    if (answer.status !== 204) throw new Error(await answer.text())
  }
}

/** Lives it once, with both looking each minute. Grafana looks two seconds after the rows were written. */
export const askBoth = async (url: string, rule: FileRule, life: Life): Promise<{ own: Told; grafana: Told }> => {
  await anew(url)
  const ask = createAsker(rule.uid.replace('powerkits-', ''))
  const engine = createEngine(url, rule)
  const own: [string, number][] = []
  const grafana: [string, number][] = []
  for (const minute of minutesOf(life)) {
    await write(url, minute)
    for (const { what } of ask(minute)) own.push([what, minute.minute])
    for (const what of await engine(minute.at + 2_000)) grafana.push([what, minute.minute])
  }
  return { own, grafana }
}

const whats = (told: Told): string => told.map(([what]) => what).join()

/** They agree when both fire once in the same minute, and both are over once. */
export const isAgreed = (own: Told, grafana: Told): boolean =>
  whats(own) === 'fired,cleared' && whats(grafana) === 'fired,cleared' && own[0]?.[1] === grafana[0]?.[1]
