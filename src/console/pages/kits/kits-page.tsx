/** All kits, those in trouble first. Of many it shows the first, and finds the others by name or serial number. */
import { useMemo, useState } from 'preact/hooks'
import type { LiveKit } from '../../api-shapes.ts'
import { number } from '../../format.ts'
import { useAgo } from '../../parts/age.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { byTrouble, matching } from './kit-order.ts'
import { KitRow } from './kit-row.tsx'
import './kits.css'

const SEARCH_FROM = 10
const AT_ONCE = 100

const COLUMNS = ['kit', 'verdict', 'charge', 'sun', 'errors', 'heard'] as const
const NUMBERS: readonly string[] = ['sun', 'errors', 'heard']

const KitTable = ({ kits }: { kits: readonly LiveKit[] }) => {
  const { t } = useLanguage()
  const { link } = useLive()
  const ago = useAgo()
  return (
    <table class="kits">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" class={NUMBERS.includes(column) ? 'is-number' : undefined}>
              {t(`kits.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kits.map((kit) => (
          <KitRow key={kit.kit_sn} kit={kit} isLinked={link === 'live'} ago={ago} />
        ))}
      </tbody>
    </table>
  )
}

const Search = ({ words, search }: { words: string; search: (words: string) => void }) => {
  const { t } = useLanguage()
  return (
    <label class="kit-search">
      <span>{t('kits.search')}</span>
      <input type="search" value={words} onInput={(event) => search(event.currentTarget.value)} />
    </label>
  )
}

const KitList = ({ kits }: { kits: readonly LiveKit[] }) => {
  const { t, locale } = useLanguage()
  const [words, search] = useState('')
  const [shown, show] = useState(AT_ONCE)
  const found = useMemo(() => byTrouble(matching(kits, words), locale), [kits, words, locale])
  const more = found.length - shown
  return (
    <>
      {kits.length >= SEARCH_FROM && <Search words={words} search={search} />}
      <p class="faint" aria-live="polite">
        {t('kits.count', { n: found.length, shown: number(found.length, locale), all: number(kits.length, locale) })}
      </p>
      <div class="card">
        {found.length === 0 ? <p>{t('kits.none-found')}</p> : <KitTable kits={found.slice(0, shown)} />}
      </div>
      {more > 0 && (
        <button type="button" onClick={() => show(shown + AT_ONCE)}>
          {t('history.more', { n: Math.min(more, AT_ONCE) })}
        </button>
      )}
    </>
  )
}

export const KitsPage = () => {
  const { t } = useLanguage()
  const { kits } = useLive()
  return (
    <>
      <h1>{t('page.kits')}</h1>
      {kits === undefined && <p>{t('app.loading')}</p>}
      {kits?.length === 0 && <p>{t('app.no-kit')}</p>}
      {kits !== undefined && kits.length > 0 && <KitList kits={kits} />}
    </>
  )
}
