import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CollectorError } from '../../src/errors.ts'
import { askCollector } from '../../src/local/client.ts'
import type { Operations } from '../../src/local/protocol.ts'
import { createLocalService, type LocalService } from '../../src/local/service.ts'
import { lockDataDir, socketPath } from '../../src/lock.ts'

let dir = ''
const closing: (() => Promise<unknown>)[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'powerkits-local-'))
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true })
})

const serve = async (operations: Operations): Promise<LocalService> => {
  const service = createLocalService('1.2.3')
  closing.push(await lockDataDir(dir, service.listener))
  service.open(operations)
  return service
}

/** Something else that listens at the socket. */
const listen = async (listener: RequestListener): Promise<void> => {
  const server = createServer(listener)
  await new Promise<void>((done) => void server.listen(socketPath(dir), done))
  closing.push(() => new Promise((done) => server.close(done)))
}

const ask = async (operation: string, asked?: unknown): Promise<unknown[]> => {
  const items: unknown[] = []
  for await (const batch of (await askCollector(dir, operation, asked))!) items.push(...batch)
  return items
}

it('gives what an operation yields, in its order, and hands it what was asked', async () => {
  await serve({
    echo: async function* (asked) {
      yield [asked, { text: 'Zoë\n"line" 二' }]
      yield []
      yield Array.from({ length: 20_000 }, (_, index) => index)
    },
  })
  const items = await ask('echo', { a: [1, 'ö'] })
  expect(items.slice(0, 3)).toEqual([{ a: [1, 'ö'] }, { text: 'Zoë\n"line" 二' }, 0])
  expect(items).toHaveLength(20_002)
})

it('carries errors with their row of the table, also after a part of the answer', async () => {
  await serve({
    known: async function* () {
      yield [1]
      throw new CollectorError('store_query_timeout', 'It took too long.')
    },
    unknown: async function* () {
      yield* []
      throw new TypeError('not a question')
    },
  })
  await expect(ask('known')).rejects.toMatchObject({ code: 'store_query_timeout', message: 'It took too long.' })
  await expect(ask('unknown')).rejects.toThrow('not a question')
})

it('knows who is not there: nobody, or a socket that a killed process left', async () => {
  expect(await askCollector(dir, 'kits')).toBeUndefined()
  const code = `require('node:net').createServer().listen(${JSON.stringify(socketPath(dir))}, () => console.log('up'))`
  const child = spawn(process.execPath, ['-e', code])
  await new Promise((up) => child.stdout.once('data', up))
  child.kill('SIGKILL')
  await new Promise((gone) => child.once('exit', gone))
  expect(await askCollector(dir, 'kits')).toBeUndefined()
})

it('is told when the collector is not ready yet, or of another version', async () => {
  const service = await serve({})
  await expect(ask('nonsense')).rejects.toMatchObject({
    code: 'collector_other_version',
    message: expect.stringContaining('1.2.3'),
  })
  await expect(ask('toString')).rejects.toMatchObject({ code: 'collector_other_version' })
  await service.close()
  await expect(ask('kits')).rejects.toMatchObject({ code: 'collector_no_answer' })
})

it('takes a foreign protocol for what it is, and an older collector that closes at once', async () => {
  await listen((_request, response) => response.writeHead(200, { 'powerkits-protocol': '99' }).end('[]\n'))
  await expect(ask('kits')).rejects.toMatchObject({ code: 'collector_other_version' })
  await closing.pop()!()
  await listen((request) => request.socket.destroy())
  await expect(ask('kits')).rejects.toMatchObject({ code: 'collector_no_answer' })
})

it('never takes an answer that was cut short for a whole one', async () => {
  await listen((_request, response) => response.writeHead(200, { 'powerkits-protocol': '1' }).end('[1]\n[2]\n'))
  await expect(ask('kits')).rejects.toMatchObject({ code: 'collector_no_answer' })
})

it('stops an operation when who asked has gone, and waits for it when the collector closes', async () => {
  let ended = 0
  const service = await serve({
    endless: async function* () {
      try {
        for (;;) yield ['x'.repeat(100_000)]
      } finally {
        ended++
      }
    },
  })
  for await (const batch of (await askCollector(dir, 'endless'))!) if (batch.length > 0) break
  await expect.poll(() => ended).toBe(1)
  const batches = (await askCollector(dir, 'endless'))!
  await batches.next()
  await service.close()
  expect(ended).toBe(2)
  await expect(
    (async () => {
      for await (const _ of batches);
    })(),
  ).rejects.toMatchObject({ code: 'collector_no_answer' })
})

it('answers few at once, and refuses the rest', async () => {
  let letGo = (): void => undefined
  const held = new Promise<void>((done) => {
    letGo = done
  })
  await serve({
    wait: async function* () {
      yield [1]
      await held
    },
  })
  const asked = await Promise.all(Array.from({ length: 8 }, () => askCollector(dir, 'wait')))
  await expect(ask('wait')).rejects.toMatchObject({ code: 'collector_no_answer' })
  letGo()
  for (const batches of asked) for await (const batch of batches!) expect(batch).toEqual([1])
})

it('lets nobody in but the same user', async () => {
  await serve({})
  expect(statSync(socketPath(dir)).mode & 0o777).toBe(0o600)
})
