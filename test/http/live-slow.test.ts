/** Readers of the live stream who read slowly, or not at all, and a state that cannot be told. */
import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { expect, it } from 'vitest'
import { createEventReader, type ServerEvent } from '../../src/console/live-stream.ts'
import { ANYBODY } from '../../src/http/callers.ts'
import { sendLive } from '../../src/http/live-events.ts'
import type { Sources } from '../../src/http/route.ts'
import type { TrackState } from '../../src/track/state.ts'
import { createVirtualTime } from '../virtual-time.ts'
import { NOW } from './serve.ts'
import { createVan, DC_OUTPUT, KIT, push } from './van.ts'

/** A reply whose reader takes what it is told to take. */
const createReader = () => {
  const stop = new AbortController()
  let stream: Duplex | undefined
  let isCutOff = false
  const raw = Object.assign(new EventEmitter(), {
    destroy: () => {
      isCutOff = true
      stop.abort()
    },
  })
  const send = (given: Duplex): void => {
    stream = given
  }
  const reply = { headers: () => reply, send, raw }
  const read = createEventReader()
  return {
    reply: reply as unknown as FastifyReply,
    signal: stop.signal,
    isCutOff: () => isCutOff,
    waitingBytes: () => stream!.readableLength + stream!.writableLength,
    /** All that was written for him. */
    take: async (): Promise<ServerEvent[]> => {
      const events: ServerEvent[] = []
      for (let piece = stream!.read(); piece !== null; piece = stream!.read()) {
        events.push(...read(String(piece)))
        await turn()
      }
      return events
    },
  }
}

const createScene = (state?: () => TrackState) => {
  const track = createVan()
  const time = createVirtualTime(NOW)
  const logged: unknown[] = []
  const note = (...words: unknown[]): void => void logged.push(words)
  const sources = { ...time, state: state ?? (() => track.state), isDemonstration: false } as unknown as Sources
  const reader = createReader()
  const { reply, signal } = reader
  sendLive(reply, sources, { caller: ANYBODY, sn: KIT, signal, log: { warn: note, error: note } })
  const change = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      push(track, KIT, DC_OUTPUT, { ldOutVol: 13_000 + i }, time.now())
      await time.advance(1000)
    }
  }
  return { reader, change, time, logged }
}

it('queues nothing for a slow reader: what he leaves is left out, and what comes then is whole', async () => {
  const { reader, change } = createScene()
  const first = reader.waitingBytes()
  await change(50)
  expect([first > 1000, reader.waitingBytes()]).toEqual([true, first])
  expect((await reader.take()).map(({ name }) => name)).toEqual(['kits', 'kit', 'latest'])
  await change(1)
  const after = await reader.take()
  expect(after.map(({ name }) => name)).toEqual(['kits', 'kit', 'latest'])
  expect(JSON.parse(after[2]!.data)).toMatchObject({ modules: [{ module_sn: DC_OUTPUT }] })
  expect(reader.isCutOff()).toBe(false)
})

it('sends away who takes nothing for a minute', async () => {
  const { reader, change, time } = createScene()
  await change(59)
  expect(reader.isCutOff()).toBe(false)
  await change(1)
  expect([reader.isCutOff(), time.pending()]).toEqual([true, 0])
})

it('survives a state that cannot be told, and says so', async () => {
  let isBroken = false
  const { state } = createVan()
  const { reader, time, logged } = createScene(() => {
    if (isBroken) throw new Error('made up')
    return state
  })
  await reader.take()
  isBroken = true
  await time.advance(1000)
  expect([reader.isCutOff(), time.pending(), logged.length]).toEqual([true, 0, 1])
})
