import { expect, test } from 'vitest'
import type { LiveKit } from '../../../../src/console/api-shapes.ts'
import { byTrouble, matching } from '../../../../src/console/pages/kits/kit-order.ts'

const kit = (name: string, trouble_code: number): LiveKit => ({
  kit_sn: `M109ZEB4ZE7B${name}`,
  label: `${name} · M109ZEB4ZE7B${name}`,
  verdict: 'live',
  verdict_code: 0,
  verdict_text: '',
  trouble_code,
  is_live: true,
  error_count: 0,
  packs_live_count: 2,
  packs_known_count: 2,
  time_zone: 'UTC',
})

const names = (kits: readonly LiveKit[]) => kits.map(({ label }) => label.split(' ·')[0])

test('trouble comes first, then names as people count them', () => {
  const kits = [kit('Van 10', 0), kit('Van 9', 0), kit('Boat', 60), kit('Älg', 0), kit('Cabin', 30)]
  expect(names(byTrouble(kits, 'en'))).toEqual(['Boat', 'Cabin', 'Älg', 'Van 9', 'Van 10'])
  expect(names(kits)[0]).toBe('Van 10')
})

test('a kit is found by words of its name or serial number, in any order and case', () => {
  const kits = [kit('Van Hamburg', 0), kit('Van Kiel', 0)]
  expect(names(matching(kits, ' kiel van '))).toEqual(['Van Kiel'])
  expect(names(matching(kits, 'm109zeb4ze7b hamb'))).toEqual(['Van Hamburg'])
  expect(names(matching([kit('Van 4', 0), kit('Van 9', 0)], 'van 9'))).toEqual(['Van 9'])
  expect(matching(kits, 'paris')).toEqual([])
  expect(matching(kits, '  ')).toBe(kits)
})
