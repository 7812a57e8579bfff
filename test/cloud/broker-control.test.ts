/** Where a plain broker's set commands go, in virtual time, against a broker that the test plays. */
import { expect, it } from 'vitest'
import { type BrokerParts, openBroker } from '../../src/cloud/broker-source.ts'
import type { Broker } from '../../src/fleet.ts'
import { createState } from '../../src/track/state.ts'
import { createVirtualTime } from '../virtual-time.ts'
import { createKeptLog } from './kept-log.ts'
import { createScriptedBroker } from './scripted-broker.ts'
import { NOON, SECOND } from './scripted-session.ts'

const SN = 'M109ZAB4Z000001F'

const open = async (given: Partial<Broker> = {}, parts: Partial<BrokerParts> = {}) => {
  const time = createVirtualTime(NOON)
  const broker = createScriptedBroker(time.now)
  const source = openBroker({
    broker: { name: 'own', url: 'mqtt://127.0.0.1:1', version: 4, topics: [], account: undefined, kits: {}, ...given },
    clientId: 'powerkits-test',
    isOurs: undefined,
    unclaimed: () => [],
    openLink: broker.openLink,
    timers: time,
    random: () => 0.5,
    log: createKeptLog().log,
    state: () => createState(),
    accept: () => 1,
    lose: () => undefined,
    onKits: () => undefined,
    ...parts,
  })
  await time.advance(SECOND)
  return { source, link: broker.last(), time }
}

it('a kit’s commands go where the account of the settings says, while the session stands', async () => {
  const { source, link } = await open({ account: 'open-a' })
  expect(source.control.setTopic(SN)).toBeUndefined()
  link.up()
  const topic = source.control.setTopic(SN)
  expect(topic).toBe(`/open/open-a/${SN}/set`)
  expect(await source.control.publish(topic!, new TextEncoder().encode('{}'))).toBe('taken')
  expect(link.published).toEqual([[topic, '{}']])
  link.end('closed')
  expect(source.control.setTopic(SN)).toBeUndefined()
  expect(source.control.isHttpUp()).toBe(false)
})

it.each([
  [`/open/open-b/${SN}/quota`, `/open/open-b/${SN}/set`],
  [`open/bridge/${SN}/status`, `open/bridge/${SN}/set`],
  [`/app/device/property/${SN}`, undefined],
  [`/open/open-b/${SN}/set_reply`, undefined],
])('without an account named, they go beside the kit’s reports: %s', async (heard, topic) => {
  const { source, link } = await open()
  link.up()
  expect(source.control.setTopic(SN)).toBeUndefined()
  link.message(heard, '{}')
  expect(source.control.setTopic(SN)).toBe(topic)
})

it('what is another collector’s teaches nothing', async () => {
  const { source, link } = await open({}, { isOurs: () => false })
  link.up()
  link.message(`/open/open-b/${SN}/quota`, '{}')
  expect(source.control.setTopic(SN)).toBeUndefined()
})
