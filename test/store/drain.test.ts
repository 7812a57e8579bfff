import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DrainStatus } from '../../src/store/drain.ts'
import { createMemorySpool, createWorld, keep, type Script, type World } from './drain-fixture.ts'
import { range } from './spool-fixture.ts'

const raw = (id: number) => ({ raw: `m v=${id} ${id}\n` })
const history = (id: number) => ({ history: `h v=${id} ${id}\n` })
const both = (id: number) => ({ ...raw(id), ...history(id) })
const refuseOdd: Script = ({ lines }) => {
  const odd = lines.filter((line) => Number(/v=(\d+)/.exec(line)?.[1]) % 2 === 1)
  return { answer: { answer: 'rejected', lines: odd.map((line) => ({ line, reason: 'odd' })) } }
}

describe('the drain', () => {
  it('sends what there is after its linger, and moves the cursor when it is answered', async () => {
    const { time, spool, drain, asked, stored } = createWorld()
    drain.start()
    spool.add(raw(1), both(2), {})
    await time.pass(199)
    expect(asked).toEqual([])
    expect(spool.cursor).toBe(0)
    await time.pass(1)
    expect(stored).toEqual({ raw: [raw(1).raw, raw(2).raw], history: [history(2).history] })
    expect(asked.map(({ batch }) => batch.upTo)).toEqual([2, 2])
    expect(spool.cursor).toBe(3)
    await drain.stop()
  })

  it('reads the spool when a batch is due, not with each commit', async () => {
    const spool = createMemorySpool()
    let reads = 0
    const counted = Object.create(spool, {
      read: { value: (afterSeq: number, maxBytes: number) => ++reads && spool.read(afterSeq, maxBytes) },
    }) as typeof spool
    const { time, drain, stored } = createWorld(undefined, {}, counted)
    drain.start()
    for (let id = 1; id <= 50; id++) {
      spool.add(both(id))
      await time.pass(10)
    }
    await time.pass(200)
    expect(stored.raw).toHaveLength(50)
    // Three batches at a linger of 200 ms, read by each of the two lanes at most.
    expect(reads).toBeLessThanOrEqual(6)
    await drain.stop()
  })

  it('asks the store for nothing when records have no lines', async () => {
    const { time, spool, drain, asked } = createWorld()
    drain.start()
    spool.add({}, {}, {})
    await time.pass(200)
    expect(spool.cursor).toBe(3)
    expect(asked).toEqual([])
    await drain.stop()
  })

  it('keeps nobody waiting where the store holds everything already', async () => {
    const spool = createMemorySpool()
    spool.add(both(1), both(2))
    const { drain, asked, time } = createWorld(undefined, {}, spool, { raw: 2, history: 2 })
    drain.start()
    let isIdle = false
    const idle = drain.idle().then(() => {
      isIdle = true
    })
    await time.pass(1_000)
    expect([isIdle, spool.cursor, asked]).toEqual([true, 2, []])
    await idle
    await drain.stop()
  })

  it('fills batches without splitting a record, two of raw in flight, one of history', async () => {
    const world = createWorld(() => ({ answer: { answer: 'accepted' }, afterMs: 1000 }), { batchLines: 10 })
    const { time, spool, drain, asked } = world
    spool.add(...range(1, 30).map((id) => ({ raw: raw(id).raw.repeat(3), history: history(id).history })))
    drain.start()
    await time.pass(100_000)
    const ofRaw = asked.filter(({ batch }) => batch.bucket === 'raw').map(({ batch }) => batch)
    expect(ofRaw.map((batch) => batch.lines.length)).toEqual([12, 12, 12, 12, 12, 12, 12, 6])
    expect(ofRaw[0]?.lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
    expect(world.mostInFlight).toEqual({ raw: 2, history: 1 })
    expect(spool.cursor).toBe(30)
    await drain.stop()
  })

  it('sends a kept batch again, the same, ever later up to a minute, or when the store says', async () => {
    let isAway = true
    const { time, spool, drain, asked, counters } = createWorld(() => (isAway ? { answer: keep() } : undefined))
    drain.start()
    spool.add(raw(1))
    await time.pass(400_000)
    const pauses = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0))
    expect(pauses.slice(0, 8)).toEqual([1000, 1500, 3000, 6000, 12_000, 24_000, 45_000, 45_000])
    expect(new Set(asked.map(({ batch }) => batch)).size).toBe(1)
    expect(spool.cursor).toBe(0)
    expect(drain.status()).toMatchObject({ cursor: 0, inFlight: 1, lastAnswer: 'kept', keptSince: 200 })
    expect(drain.status().problem?.code).toBe('store_unreachable')
    isAway = false
    await time.pass(60_000)
    expect(spool.cursor).toBe(1)
    expect(drain.status()).toEqual({ cursor: 1, inFlight: 0, lastAnswer: 'accepted', latencyMs: 0 })
    expect(counters.get('drain_retries{raw}')).toBe(asked.length - 1)
    await drain.stop()
  })

  it('honours what the store asks for', async () => {
    const { time, spool, drain, asked } = createWorld((_, times) =>
      times === 1 ? { answer: keep(30_000) } : undefined,
    )
    drain.start()
    spool.add(raw(1))
    await time.pass(60_000)
    expect(asked.map(({ at }) => at)).toEqual([200, 30_200])
    await drain.stop()
  })

  it('hands rejected lines on before the cursor passes them, as often as it takes', async () => {
    let refusals = 2
    const aside: string[] = []
    const { time, spool, drain, stored } = createWorld(refuseOdd, {
      onRejected: async (lines) => {
        if (refusals-- > 0) throw new Error('the disk is full')
        aside.push(...lines.map((one) => one.line))
      },
    })
    drain.start()
    spool.add(...range(1, 6).map(raw))
    await time.pass(1000)
    expect(spool.cursor).toBe(0)
    await time.pass(10_000)
    expect(aside).toEqual([1, 3, 5].map((id) => raw(id).raw))
    expect(stored.raw).toEqual([2, 4, 6].map((id) => raw(id).raw))
    expect(spool.cursor).toBe(6)
    await drain.stop()
  })

  it.each(['raw', 'history'] as const)(
    'lets the other bucket flow when %s is kept, within its window',
    async (kept) => {
      let isAway = true
      const { time, spool, drain, stored } = createWorld(
        ({ bucket }) => (isAway && bucket === kept ? { answer: keep() } : undefined),
        { windowRecords: 500 },
      )
      const other = kept === 'raw' ? 'history' : 'raw'
      drain.start()
      spool.add(...range(1, 2000).map(both))
      await time.pass(30_000)
      expect(stored[kept]).toEqual([])
      expect(stored[other].length).toBeGreaterThanOrEqual(500)
      expect(stored[other].length).toBeLessThan(600)
      expect(spool.cursor).toBe(0)
      isAway = false
      await time.pass(60_000)
      expect(stored[kept]).toEqual(range(1, 2000).map((id) => both(id)[kept]))
      expect(spool.cursor).toBe(2000)
      await drain.stop()
    },
  )

  it('asks a store with marks of its own where to begin, and sends it one raw batch at a time', async () => {
    const spool = createMemorySpool()
    spool.add(...range(1, 10).map(both))
    const slow: Script = () => ({ answer: { answer: 'accepted' }, afterMs: 500 })
    const world = createWorld(slow, { batchLines: 2 }, spool, { raw: 7, history: 4 })
    world.drain.start()
    await world.time.pass(10_000)
    expect(world.stored.raw).toEqual([8, 9, 10].map((id) => raw(id).raw))
    expect(world.stored.history).toEqual(range(5, 10).map((id) => history(id).history))
    expect(world.mostInFlight.raw).toBe(1)
    expect(spool.cursor).toBe(10)
    await world.drain.stop()
  })

  it('is idle at once when it is asked to be, and stops in the middle of a retry', async () => {
    let isAway = false
    const statuses: DrainStatus[] = []
    const { time, spool, drain, stored } = createWorld(() => (isAway ? { answer: keep() } : undefined), {
      lingerMs: 5000,
      onStatus: (status) => statuses.push(status),
    })
    drain.start()
    await time.pass(0)
    spool.add(both(1))
    await drain.idle()
    expect(stored.raw).toHaveLength(1)
    expect(statuses).toHaveLength(2)
    isAway = true
    spool.add(raw(2))
    await time.pass(6000)
    const waiting = drain.idle()
    await drain.stop()
    await waiting
    expect(spool.cursor).toBe(1)
  })

  it('goes on when the store throws or the spool cannot be read for a while', async () => {
    const spool = createMemorySpool()
    let failures = 3
    const { read } = spool
    const broken = Object.create(spool, {
      read: {
        value: async (afterSeq: number, maxBytes: number) => {
          if (failures-- > 0) throw new Error('EIO')
          return read(afterSeq, maxBytes)
        },
      },
    }) as typeof spool
    const world = createWorld(
      (_, times) => {
        if (times === 1) throw new Error('a bug of the store')
        return undefined
      },
      {},
      broken,
    )
    world.drain.start()
    spool.add(raw(1))
    await world.time.pass(500)
    expect(world.drain.status().problem?.code).toBe('spool_unreadable')
    await world.time.pass(30_000)
    expect(world.stored.raw).toEqual([raw(1).raw])
    expect(spool.cursor).toBe(1)
    await world.drain.stop()
  })
})

/** The same records and cursor for the next start. */
const spoolAfterCrash = (records: World['spool']['records'], cursor: number): World['spool'] => {
  const spool = createMemorySpool()
  spool.add(...records.map(({ lines }) => lines))
  spool.acknowledge(cursor)
  return spool
}

describe('any store, any moment of a crash', () => {
  const said = fc.record({
    kind: fc.constantFrom('accepted', 'accepted', 'kept', 'rejected'),
    afterMs: fc.integer({ min: 0, max: 3000 }),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
  })
  const shape = fc.constantFrom<(id: number) => object>(raw, history, both, () => ({}))

  const scripted =
    (says: { kind: string; afterMs: number; retryAfterMs: number | undefined }[]): Script =>
    (batch, times) => {
      const next = says[times - 1]
      if (next === undefined) return undefined
      const answer =
        next.kind === 'kept'
          ? keep(next.retryAfterMs)
          : next.kind === 'rejected'
            ? refuseOdd(batch, times)?.answer
            : undefined
      return { answer: answer ?? { answer: 'accepted' }, afterMs: next.afterMs }
    }

  /** Lines of the records up to the cursor that are neither stored nor aside. */
  const missing = (worlds: World[], upTo: number): string[] => {
    const got = new Set(
      worlds.flatMap(({ stored, aside }) => [...stored.raw, ...stored.history, ...aside.map((one) => one.line)]),
    )
    const records = worlds[0]?.spool.records.slice(0, upTo) ?? []
    return records.flatMap(({ lines }) => [lines.raw, lines.history]).filter((line) => line !== '' && !got.has(line))
  }

  it('delivers every line at least once, history in order, and never moves the cursor too far', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(shape, { maxLength: 12 }), { minLength: 1, maxLength: 8 }),
        fc.array(said, { maxLength: 12 }),
        fc.array(said, { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9000 }),
        async (bursts, before, after, batchLines, crashAfterMs) => {
          const first = createWorld(scripted(before), { batchLines, windowRecords: 20 })
          const { spool } = first
          first.drain.start()
          let id = 0
          for (const burst of bursts) {
            spool.add(...burst.map((make) => make(++id)))
            await first.time.pass(crashAfterMs / bursts.length)
            expect(missing([first], spool.cursor)).toEqual([])
          }
          // The first drain is left where it is, as a crash leaves it: only cursor and stored lines survive.
          const survivors = structuredClone(first.stored)
          const cursor = spool.cursor
          const second = createWorld(scripted(after), { batchLines }, spoolAfterCrash(spool.records, cursor))
          second.drain.start()
          await second.time.pass(1_000_000)
          expect(second.spool.cursor).toBe(id)
          expect(missing([{ ...first, stored: survivors }, second], id)).toEqual([])
          for (const { stored } of [first, second]) {
            const order = stored.history.map((line) => Number(/v=(\d+)/.exec(line)?.[1]))
            expect(order).toEqual([...order].sort((a, b) => a - b))
          }
          const stopped = first.drain.stop()
          await first.time.pass(10_000)
          await stopped
          await second.drain.stop()
        },
      ),
      { numRuns: 100 },
    )
  })
})
