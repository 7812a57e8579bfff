/**
 * What the line is told of the fleet: which kits there are, who brings them, and what their owner says of them. Who
 * tells it, and when, is the matter of the collector and of `replay`.
 */
import type { Settings } from './config.ts'
import type { Fleet, Kits } from './fleet.ts'

interface Bringer {
  readonly name: string
  readonly kits: Kits
}

/** By serial number; `*` is said of all others. */
type FleetNews = Readonly<Record<string, unknown>>

const broughtBy = ({ name, kits }: Bringer): Kits =>
  Object.fromEntries(Object.entries(kits).map(([sn, kit]) => [sn, { ...kit, account: name }]))

/**
 * The result gives what a `fleet` tick holds, or undefined where that is what it gave before: `found` are kits that
 * bringers know beyond the named ones; only kits that are `meant` are spoken of.
 */
export const createFleetNews = ({ accounts, brokers }: Fleet, { TIME_ZONE: timeZone }: Settings) => {
  let told = ''
  return (found: readonly Bringer[], isMeant: (sn: string) => boolean = () => true): FleetNews | undefined => {
    const kits: Kits = Object.assign({}, ...[...accounts, ...brokers, ...found].map(broughtBy))
    const meant = Object.entries(kits).filter(([sn]) => isMeant(sn))
    const news = { ...Object.fromEntries(meant), '*': { timeZone } }
    if (JSON.stringify(news) === told) return undefined
    told = JSON.stringify(news)
    return news
  }
}
