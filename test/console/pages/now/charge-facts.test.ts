import { expect, test } from 'vitest'
import { chargeFacts } from '../../../../src/console/pages/now/charge-facts.ts'
import { heard } from './heard.ts'

const bank = heard(
  'bmstotal',
  [{ measurement: 'battery_bank', fields: { soc_pct: 58, charge_limit_pct: 100, discharge_limit_pct: 10 } }],
  { at: 1_700_000_000_000, age_s: 5 },
)

test('the state of charge of now, and the limits that leave something out', () => {
  expect(chargeFacts({ soc_pct: 64 }, [bank], true)).toEqual({
    soc: 64,
    lastSoc: undefined,
    chargeLimit: 100,
    dischargeLimit: 10,
    limits: [10],
  })
})

test('where it is not known now, the last one is told as such', () => {
  expect(chargeFacts({}, [bank], true)).toMatchObject({ soc: undefined, lastSoc: 58 })
  expect(chargeFacts({ soc_pct: 64 }, [bank], false)).toMatchObject({ soc: undefined, lastSoc: 64 })
})

test('where nothing was told, nothing is made up', () => {
  expect(chargeFacts({}, [], true)).toEqual({
    soc: undefined,
    lastSoc: undefined,
    chargeLimit: undefined,
    dischargeLimit: undefined,
    limits: [],
  })
})
