/** Whole messages to break: what simulated kits say in both forms, and the cloud's answers in every shape. */
import { quotaAll } from '../src/simulator/quota-all.ts'
import { createKits, simulateMessages } from '../src/simulator/reporter.ts'
import type { Message } from './line-mutation.ts'

const FROM = Date.UTC(2026, 4, 28, 20)
const MINUTE = 60_000

/** Some hundreds of messages of two kits. */
export const wholeMessages = (): Message[] => {
  const messages: Message[] = []
  for (const form of ['open', 'app'] as const)
    for (const { topic, bytes } of simulateMessages({
      ...{ kits: 2, seed: 7, from: FROM, until: FROM + 2 * MINUTE, account: 'open-test', form },
    }))
      messages.push({ topic, text: new TextDecoder().decode(bytes) })
  for (const kit of createKits(2, 7, FROM))
    for (const shape of ['A', 'B', 'C', 'double'] as const)
      for (let copy = 0; copy < 10; copy++)
        messages.push({
          topic: `/iot-open/sign/device/quota/all?sn=${kit.plan.hubSn}`,
          text: JSON.stringify(quotaAll(kit, shape)),
        })
  return messages
}
