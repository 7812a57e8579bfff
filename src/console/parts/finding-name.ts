/** What a finding of the doctor is about, in words. */
import type { MessageKey } from '../language.ts'
import { useLanguage } from '../use-language.tsx'

const WHATS: Readonly<Record<string, MessageKey>> = {
  DNS: 'set-up.what.dns',
  cloud: 'set-up.what.cloud',
  keys: 'set-up.what.keys',
  region: 'set-up.what.region',
  kits: 'set-up.what.kits',
  'client id': 'set-up.what.client-id',
  broker: 'set-up.what.broker',
  subscriptions: 'set-up.what.subscriptions',
  clock: 'set-up.what.clock',
  'data directory': 'health.what.data-directory',
  disk: 'health.what.disk',
  collector: 'health.what.collector',
  accounts: 'health.what.accounts',
  store: 'health.store',
  secrets: 'health.what.secrets',
}

/** Behind the name of its account or broker; `own` is the one whose name goes without saying. */
export const useFindingName = (own?: string): ((what: string) => string) => {
  const { t } = useLanguage()
  return (what) => {
    const [, source, name = what] = /^(.+?), (.+)$/.exec(what) ?? []
    const key = WHATS[name]
    const words = key === undefined ? name.replace(/^kit /, `${t('kits.column.kit')} `) : t(key)
    return source === undefined || source === own ? words : `${source}, ${words}`
  }
}
