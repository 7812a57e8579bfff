/** The line over a store that goes away until the spool is full, and comes back. */
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { readSettings } from '../src/config.ts'
import { openLine } from '../src/line.ts'
import { createLog } from '../src/log.ts'
import { simulateMessages } from '../src/simulator/reporter.ts'

it('takes messages again soon after a store has come back to a full spool', async () => {
  let isUp = false
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(isUp ? 204 : 503, isUp ? {} : { 'retry-after': '1' }).end())
  }).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const settings = {
    ...readSettings({
      DATA_DIR: mkdtempSync(join(tmpdir(), 'powerkits-line-')),
      INFLUX_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    }),
    SPOOL_MAX_BYTES: 2_000_000,
  }
  const line = await openLine(settings, createLog('silent', 'json'))
  const from = Date.now()
  const messages = simulateMessages({ kits: 20, seed: 4, from, until: from + 3_600_000, account: 'open-line' })
  const offer = (): boolean => {
    const { topic, bytes } = messages.next().value!
    return line.intake.accept({ at: line.clock.now(), source: 'mqtt', topic, bytes }) !== undefined
  }
  // Near the bound a short message may still find room where a longer one does not.
  const takenOf = (offers: number): number => Array.from({ length: offers }, offer).filter((isTaken) => isTaken).length
  for (let taken = 50; taken > 0; taken = takenOf(50)) await line.spool.flush()
  isUp = true
  await vi.waitFor(() => expect(takenOf(50)).toBe(50), { timeout: 20_000, interval: 200 })
  await line.drain.idle()
  await line.close(1_000)
  server.close()
}, 60_000)
