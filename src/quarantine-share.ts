/** How many of the values of the last hour were kept aside. */
import { type Counters, total } from './counters.ts'

const MINUTES = 60

/** To be asked each minute; a ratio from 0 to 1, 0 where no value came. */
export const createQuarantineShare = (): ((counters: Counters) => number) => {
  const looks: { readonly aside: number; readonly all: number }[] = []
  return (counters) => {
    const now = { aside: counters.get('values{quarantined}') ?? 0, all: total(counters, 'values') }
    const before = looks[0] ?? { aside: 0, all: 0 }
    looks.push(now)
    if (looks.length > MINUTES) looks.shift()
    const all = now.all - before.all
    return all > 0 ? (now.aside - before.aside) / all : 0
  }
}
