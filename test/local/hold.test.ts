import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { type Line, openLine } from '../../src/line.ts'
import { type Holding, holdOperation } from '../../src/local/hold.ts'
import { createLog } from '../../src/log.ts'

const AT = Date.UTC(2026, 5, 14)

const openSmallLine = (): Promise<Line> =>
  openLine(
    readSettings({ DATA_DIR: mkdtempSync(join(tmpdir(), 'powerkits-hold-')), SPOOL_MAX_BYTES: '16777216' }),
    createLog('silent', 'json'),
  )

const append = (line: Line, bytes: number, at: number): void =>
  void line.spool.append(
    { at, source: 'tick', topic: 'filling', bytes: new Uint8Array(bytes) },
    { raw: `collector,collector=a fill_bytes=${bytes} ${at}\n`, history: '' },
  )

it('keeps rows from the store while it is held, says what stands where, and lets go when who asked has gone', async () => {
  const line = await openSmallLine()
  append(line, 10, AT)
  await line.spool.flush()
  await line.drain.idle()
  const stop = new AbortController()
  const held = holdOperation(line)(undefined, stop.signal)[Symbol.asyncIterator]()
  const [holding] = (await held.next()).value as [Holding]
  expect(holding.segments).toEqual(line.spool.segments())
  expect(holding.inventory?.tables).toEqual([
    { bucket: 'raw', measurement: 'collector', rows: 1, fromAt: AT, toAt: AT },
  ])
  append(line, 20, AT + 1)
  await line.spool.flush()
  const question = { bucket: 'raw', measurement: 'collector', from: 0, to: AT + 9 } as const
  expect((await held.next()).value).toEqual([])
  expect(await line.opened.store.rows(question)).toHaveLength(1)
  stop.abort()
  expect(await held.next()).toMatchObject({ done: true })
  await line.drain.idle()
  expect(await line.opened.store.rows(question)).toHaveLength(2)
  await line.close(5_000)
})

it('lets go before the spool has no room left', async () => {
  const line = await openSmallLine()
  const held = holdOperation(line)(undefined, new AbortController().signal)[Symbol.asyncIterator]()
  await held.next()
  const { maxBytes } = line.spool.stats()
  for (let at = AT; line.spool.stats().bytes <= 0.75 * maxBytes; at++) {
    append(line, 500_000, at)
    await line.spool.flush()
  }
  await expect(held.next().then(() => held.next())).rejects.toMatchObject({ code: 'backup_overtaken' })
  await line.drain.idle()
  expect(line.spool.cursor).toBe(line.spool.lastSeq)
  await line.close(5_000)
})
