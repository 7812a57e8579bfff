import { describe, expect, it } from 'vitest'
import type { Message } from '../../src/simulator/kit-voice.ts'
import { fullFields, modulesOf } from '../../src/simulator/modules.ts'
import { createKits, createReporter, simulateMessages } from '../../src/simulator/reporter.ts'

const FROM = Date.UTC(2026, 8, 9, 6)
const HOUR_MS = 3_600_000
const run = { kits: 1, seed: 11, from: FROM, until: FROM + HOUR_MS, account: 'open-test' }

interface OpenReport {
  readonly moduleSn: string
  readonly moduleType: number
  readonly time: number
  readonly params: Record<string, unknown>
}

const textOf = (message: Message): string => Buffer.from(message.bytes).toString()
const reportsOf = (messages: Iterable<Message>): (OpenReport & { at: number })[] =>
  [...messages]
    .filter(({ topic }) => topic.endsWith('/quota'))
    .map((message) => ({ ...(JSON.parse(textOf(message)) as OpenReport), at: message.at }))

describe('simulated reports', () => {
  it('are the same for the same seed and differ for another', () => {
    const texts = (seed: number) => [...simulateMessages({ ...run, kits: 3, seed, until: FROM + 600_000 })].map(textOf)
    expect(texts(11)).toEqual(texts(11))
    expect(texts(12)).not.toEqual(texts(11))
  })

  it('come in order of time, about one to two a second and kit', () => {
    const messages = [...simulateMessages({ ...run, kits: 2 })]
    for (const [index, { at }] of messages.entries()) {
      expect(at).toBeGreaterThanOrEqual(index === 0 ? FROM : messages[index - 1]!.at)
      expect(at).toBeLessThan(run.until)
    }
    expect(messages.length / 2 / 3600).toBeGreaterThan(0.8)
    expect(messages.length / 2 / 3600).toBeLessThan(2)
  })

  it('hold only what changed, and a reader of all of them knows the full record', () => {
    const kits = createKits(1, 11, FROM)
    const reporter = createReporter(kits, { account: 'open-test', form: 'open', from: FROM })
    const known = new Map<string, Record<string, unknown>>()
    const fullSizes = new Map(
      modulesOf(kits[0]!).map((module) => [module.sn, Object.keys(fullFields(kits[0]!, module)).length]),
    )
    const kinds = new Map(modulesOf(kits[0]!).map((module) => [module.sn, module]))
    let [deltas, fulls] = [0, 0]
    while (reporter.nextAt() < FROM + HOUR_MS) {
      const message = reporter.take(reporter.nextAt())
      if (message === undefined || !message.topic.endsWith('/quota')) continue
      const report = JSON.parse(textOf(message)) as OpenReport
      const module = kinds.get(report.moduleSn)
      if (module === undefined) continue
      const before = known.get(module.sn) ?? {}
      const size = Object.keys(report.params).length
      if (size === fullSizes.get(module.sn)) fulls++
      else {
        deltas++
        for (const [field, value] of Object.entries(report.params)) expect(before[field]).not.toEqual(value)
      }
      known.set(module.sn, { ...before, ...report.params })
      expect(known.get(module.sn)).toEqual(fullFields(kits[0]!, module))
      expect(report.moduleType).toBe(module.moduleType)
    }
    expect(known.size).toBe(kinds.size)
    expect(fulls).toBeGreaterThanOrEqual(12 * kinds.size)
    expect(deltas).toBeGreaterThan(10 * fulls)
  })

  it('come at the cadences of real kits', () => {
    const reports = reportsOf(simulateMessages(run))
    const periodOf = (moduleType: number): number => {
      const times = reports.filter((report) => report.moduleType === moduleType).map(({ at }) => at)
      const pauses = times.slice(1).map((at, index) => at - times[index]!)
      return pauses.sort((a, b) => a - b)[pauses.length >> 1]!
    }
    expect(Math.abs(periodOf(15363) - 2_000)).toBeLessThan(100)
    expect(Math.abs(periodOf(15366) - 3_000)).toBeLessThan(150)
    expect(Math.abs(periodOf(15362) - 10_000)).toBeLessThan(500)
  })

  it('go on from now after a sleep instead of catching up', () => {
    const reporter = createReporter(createKits(1, 11, FROM), { account: 'open-test', form: 'open', from: FROM })
    const woken = FROM + HOUR_MS
    let turns = 0
    while (reporter.nextAt() <= woken) {
      const message = reporter.take(woken)
      expect(message?.at).toBe(woken)
      turns++
    }
    expect(turns).toBeLessThan(20)
  })

  it('count uptime in ms', () => {
    const reports = reportsOf(simulateMessages({ ...run, until: FROM + 60_000 }))
    for (const report of reports.slice(1)) expect(report.time - reports[0]!.time).toBe(report.at - reports[0]!.at)
    expect(reports[0]!.time).toBeLessThan(FROM / 10)
  })

  it('say when the kit is online', () => {
    const [status] = [...simulateMessages(run)].filter(({ topic }) => topic.endsWith('/status'))
    expect(JSON.parse(textOf(status!))).toMatchObject({ timestamp: status!.at, params: { status: 1 } })
  })

  it('in the app form hold JSON strings by serial number and ids beyond 2^53', () => {
    const messages = [...simulateMessages({ ...run, form: 'app' })].filter(({ topic }) => topic.endsWith('/quota'))
    const types = new Set<string>()
    for (const message of messages) {
      const id = /"id":(\d+),/.exec(textOf(message))![1]!
      expect(BigInt(id)).toBeGreaterThan(2n ** 53n)
      expect(BigInt(id)).toBeLessThan(2n ** 63n)
      const report = JSON.parse(textOf(message)) as Record<string, unknown> & { params: Record<string, string> }
      types.add(report.operateType as string)
      expect(report.timestamp).toBe(Math.floor(message.at / 1000))
      const [[key, value]] = Object.entries(report.params) as [[string, string]]
      const inner = JSON.parse(value) as Record<string, unknown>
      if (key !== 'onLineModuleSnList') expect(Object.keys(inner)).toEqual([report.moduleSn])
      else expect(inner).toBeInstanceOf(Array)
    }
    expect(types).toEqual(new Set(['heartBeat', 'mainBP', 'wattPush']))
  })

  it('tell the watt-hours of each UTC hour', () => {
    const until = FROM + 5 * HOUR_MS
    const kits = createKits(1, 11, FROM)
    kits[0]!.state.energy.day.acChargeWh[3] = 123.9
    const reporter = createReporter(kits, { account: 'open-test', form: 'app', from: FROM })
    let last: { rtc: number; watt: number[] } | undefined
    while (reporter.nextAt() < until) {
      const message = reporter.take(reporter.nextAt())
      const text = message === undefined ? '' : textOf(message)
      if (!text.includes('wattPush') || !text.includes('ichigh')) continue
      const { params } = JSON.parse(text) as { params: { ichigh: string } }
      const [{ wattItem }] = Object.values(JSON.parse(params.ichigh) as Record<string, { wattItem: typeof last }>) as [
        { wattItem: { rtc: number; watt: number[] } },
      ]
      expect(wattItem.watt).toEqual(kits[0]!.state.energy.day.acChargeWh.map(Math.floor))
      last = wattItem
    }
    expect(last!.rtc * 1000).toBe(Math.floor(until / 86_400_000) * 86_400_000)
    expect(last!.watt).toHaveLength(24)
    expect(last!.watt[3]).toBe(123)
  })
})
