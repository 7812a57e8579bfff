/**
 * Which kits an account has: those its owner named, and those that the cloud lists. Other devices of the same account
 * are passed over: their quotas mean something else.
 */
import { isKitSerialNumber } from '../catalogue/serial-numbers.ts'
import type { Account, Kits } from '../fleet.ts'
import type { Device } from './api-contract.ts'

/** Gen 1 kits are listed as `Power Kits`; the name is sometimes missing. src: tolwi/hassio-ecoflow-cloud registry.py */
const isKit = ({ sn, productName }: Device): boolean =>
  productName === undefined || productName.trim() === '' ? isKitSerialNumber(sn) : /power\s*kit/i.test(productName)

/** The kits to collect: named ones always, listed ones unless only named ones are wanted. An owner's name wins. */
export const kitsOfAccount = (account: Account, devices: readonly Device[]): Kits => {
  const listed = devices.filter((device) => device.sn in account.kits || (!account.onlyNamed && isKit(device)))
  const found = listed.map(({ sn, name }): [string, { name: string }] => [sn, { name: name === sn ? '' : name }])
  const named = Object.entries(account.kits).map(([sn, kit]) => {
    const given = listed.find((device) => device.sn === sn)?.name
    return [sn, kit.name === '' && given !== undefined && given !== sn ? { ...kit, name: given } : kit] as const
  })
  return Object.fromEntries([...found, ...named])
}

/** What was listed and is not collected. */
export const passedOver = (account: Account, devices: readonly Device[]): Device[] => {
  const kits = kitsOfAccount(account, devices)
  return devices.filter(({ sn }) => !(sn in kits))
}
