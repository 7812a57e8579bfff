/** Alerts of the whole collector: a kit of the simulated cloud goes offline and comes back, with a restart in between. */
import { expect, it } from 'vitest'
import { createVirtualCollector } from '../virtual-collector.ts'

const HOOK = 'https://alerts.example/made-up-secret-of-a-hook'
const MINUTE = 60_000

it('a kit that goes is told once over a restart, and once that it is back', async () => {
  const told: string[] = []
  const virtual = createVirtualCollector({
    kits: 1,
    seed: 5,
    startAt: Date.UTC(2026, 5, 14, 10),
    env: { ALERT_WEBHOOK_URL: HOOK, ALERT_OFF: 'ac-input-lost,soc-low-30,soc-low-20,soc-low-10,completeness' },
    between: (world) => ({
      ...world,
      fetch: async (target, init) => {
        if (target !== HOOK) return world.fetch(target, init)
        const { alerts } = JSON.parse(String(init?.body)) as { alerts: { alert: string; what: string }[] }
        told.push(...alerts.map(({ alert, what }) => `${alert} ${what}`))
        return new Response('ok')
      },
    }),
  })
  await virtual.start()
  await virtual.advance(5 * MINUTE)
  expect(told).toEqual([])
  const [kit] = virtual.cloud.kits
  const end = virtual.cloud.faults.offline(kit!.plan.hubSn)
  await virtual.advance(15 * MINUTE)
  const gone = [...told]
  expect(gone.filter((one) => one.endsWith('fired'))).toContain('kit-offline fired')
  await virtual.stop()
  await virtual.start()
  await virtual.advance(10 * MINUTE)
  expect(told).toEqual(gone)
  end()
  await virtual.advance(20 * MINUTE)
  for (const one of gone.filter((text) => text.endsWith('fired')))
    expect(told.filter((each) => each === one.replace('fired', 'cleared'))).toHaveLength(1)
  expect(new Set(told).size).toBe(told.length)
  await virtual.end()
})
