/** The name of the kit, a choice among several, and how the page is to look and speak. */
import type { LiveKit } from '../api-shapes.ts'
import { nameOf } from '../kit-name.ts'
import { LANGUAGES, type Language } from '../language.ts'
import { hashOf, type Route } from '../route.ts'
import { keepToken, readToken } from '../token.ts'
import { useLanguage } from '../use-language.tsx'
import { useLive } from '../use-live.tsx'
import { go } from '../use-route.ts'
import { THEMES, type Theme, useTheme } from '../use-theme.ts'

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

const KitChoice = ({ route, kits }: { route: Route; kits: readonly LiveKit[] }) => {
  const { t } = useLanguage()
  if (kits.length < 2) return <span class="kit-name">{kits[0] && nameOf(kits[0])}</span>
  const choose = (sn: string) =>
    go(sn === '' ? { page: 'kits' } : { page: route.sn === undefined ? 'now' : route.page, sn })
  return (
    <select
      class="kit-choice"
      aria-label={t('kits.column.kit')}
      value={route.sn ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{t('app.all-kits')}</option>
      {kits.map((kit) => (
        <option key={kit.kit_sn} value={kit.kit_sn}>
          {nameOf(kit)}
        </option>
      ))}
    </select>
  )
}

const Preferences = () => {
  const { t, language, speak } = useLanguage()
  const [theme, setTheme] = useTheme()
  return (
    <div class="preferences">
      <select
        aria-label={t('app.language')}
        value={language}
        onChange={(event) => speak(event.currentTarget.value as Language)}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={t('app.theme')}
        value={theme}
        onChange={(event) => setTheme(event.currentTarget.value as Theme)}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t(`app.theme.${one}`)}
          </option>
        ))}
      </select>
      {readToken() !== '' && (
        <button type="button" onClick={() => keepToken('')}>
          {t('app.forget')}
        </button>
      )}
    </div>
  )
}

/** Whether what stands on the page comes from the collector now. */
const LinkMark = () => {
  const { t, said } = useLanguage()
  const { link, error } = useLive()
  const lost = error === undefined || error.code === 'unreachable' ? t('app.link.never') : said(error.title)
  return <span class={`link is-${link}`} title={link === 'lost' ? lost : t(`app.link.${link}`)} />
}

export const TopBar = ({ route }: { route: Route }) => {
  const { t } = useLanguage()
  const { kits = [] } = useLive()
  return (
    <header class="top-bar">
      <a class="brand" href={hashOf({ page: 'kits' })}>
        {t('app.name')}
      </a>
      <KitChoice route={route} kits={kits} />
      <LinkMark />
      <Preferences />
    </header>
  )
}
