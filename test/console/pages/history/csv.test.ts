import { expect, it } from 'vitest'
import { csvOf } from '../../../../src/console/pages/history/csv.ts'

it('writes local times with their offset, and nothing where nothing is known', () => {
  const times = [Date.UTC(2026, 2, 29, 0), Date.UTC(2026, 2, 29, 1)]
  const text = csvOf(
    times,
    [
      { header: 'solar_w (W)', values: [12.5, null] },
      { header: 'power_w dc 01 Fridge, "big" (W)', values: [0, undefined] },
    ],
    'Europe/Berlin',
  )
  expect(text).toBe(
    [
      'time,epoch_ms,solar_w (W),"power_w dc 01 Fridge, ""big"" (W)"',
      `2026-03-29T01:00:00+01:00,${times[0]},12.5,0`,
      `2026-03-29T03:00:00+02:00,${times[1]},,`,
      '',
    ].join('\r\n'),
  )
})
