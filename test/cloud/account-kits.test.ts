import { expect, it } from 'vitest'
import { kitsOfAccount, passedOver } from '../../src/cloud/account-kits.ts'
import type { Device } from '../../src/cloud/api-contract.ts'
import type { Account } from '../../src/fleet.ts'

const account = (kits: Account['kits'], onlyNamed = false): Account => ({
  name: 'main',
  accessKey: 'a',
  secretKey: 's',
  region: 'auto',
  kits,
  onlyNamed,
})

const device = (sn: string, name: string, productName?: string): Device => ({
  sn,
  name,
  isOnline: true,
  ...(productName === undefined ? {} : { productName }),
})

const listed = [
  device('M109ZAB4Z000001F', 'Van', 'Power Kits'),
  device('M3H1ZAB4Z000002F', 'M3H1ZAB4Z000002F'),
  device('DAEBZ5ZD9999999', 'Fridge battery', 'DELTA 2'),
  device('R331ZEB4Z000009', 'Nameless'),
]

it('finds kits by what the cloud calls them, and by their serial number where it does not say', () => {
  expect(kitsOfAccount(account({}), listed)).toEqual({
    M109ZAB4Z000001F: { name: 'Van' },
    M3H1ZAB4Z000002F: { name: '' },
  })
  expect(passedOver(account({}), listed).map(({ sn }) => sn)).toEqual(['DAEBZ5ZD9999999', 'R331ZEB4Z000009'])
})

it('lets the owner name kits, also one that is not listed, and one that nothing shows to be a kit', () => {
  const named = account({
    M109ZAB4Z000001F: { name: 'Our van', timeZone: 'Europe/Lisbon' },
    M109ZAB4Z000077F: { name: '' },
    R331ZEB4Z000009: { name: '' },
  })
  expect(kitsOfAccount(named, listed)).toEqual({
    M109ZAB4Z000001F: { name: 'Our van', timeZone: 'Europe/Lisbon' },
    M109ZAB4Z000077F: { name: '' },
    M3H1ZAB4Z000002F: { name: '' },
    R331ZEB4Z000009: { name: 'Nameless' },
  })
})

it('takes only named ones where that is wanted', () => {
  expect(kitsOfAccount(account({ M109ZAB4Z000001F: { name: 'Our van' } }, true), listed)).toEqual({
    M109ZAB4Z000001F: { name: 'Our van' },
  })
})
