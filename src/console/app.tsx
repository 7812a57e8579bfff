/** The frame around every page: which kit, which page, whether what stands there is of now. */
import { useEffect, useRef } from 'preact/hooks'
import type { ApiError } from './api.ts'
import { Navigation } from './frame/navigation.tsx'
import { NoKit, useIsKitMissing } from './frame/no-kit.tsx'
import { Notices } from './frame/notices.tsx'
import { TokenGate } from './frame/token-gate.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { PAGES } from './pages.tsx'
import type { Route } from './route.ts'
import { LanguageProvider, useLanguage } from './use-language.tsx'
import { LiveProvider, useLive } from './use-live.tsx'
import { go, useRoute } from './use-route.ts'

/** One kit is shown at once: a list of one would be a step too many. */
const useOnlyKit = (route: Route): void => {
  const { kits } = useLive()
  const only = kits?.length === 1 ? kits[0]?.kit_sn : undefined
  useEffect(() => {
    if (route.page === 'kits' && only !== undefined && route.query.all === undefined)
      go({ page: 'now', sn: only }, true)
  }, [route, only])
}

/** What the collector says of the token, where it tells nothing for the want of one; the set-up has a code of its own. */
const useTokenAsked = ({ page }: Route): ApiError | undefined => {
  const { link, error } = useLive()
  return link === 'lost' && page !== 'set-up' && error?.code.startsWith('token_') ? error : undefined
}

/** The page, or what stands in its place. */
const Content = ({ route }: { route: Route }) => {
  const { page, sn = '', query } = route
  const asked = useTokenAsked(route)
  const isMissing = useIsKitMissing(route)
  const Page = PAGES[page]
  if (asked) return <TokenGate error={asked} />
  return isMissing ? <NoKit sn={sn} /> : <Page key={sn} sn={sn} query={query} />
}

const Main = ({ route }: { route: Route }) => {
  const { t } = useLanguage()
  const main = useRef<HTMLElement>(null)
  const name = `${route.page} ${route.sn ?? ''}`
  const shown = useRef(name)
  useOnlyKit(route)
  useEffect(() => {
    document.title = `${t(`page.${route.page}`)} · ${t('app.name')}`
    // A screen reader goes on at the new page, and not at the first one.
    if (shown.current !== name) main.current?.focus()
    shown.current = name
  }, [name, t, route.page])
  return (
    <main id="content" ref={main} tabIndex={-1}>
      <Notices />
      <Content route={route} />
    </main>
  )
}

const Frame = () => {
  const route = useRoute()
  const { t } = useLanguage()
  return (
    <LiveProvider sn={route.sn}>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {t('app.skip')}
      </button>
      <TopBar route={route} />
      <div class="frame">
        <Navigation route={route} />
        <Main route={route} />
      </div>
    </LiveProvider>
  )
}

export const App = () => (
  <LanguageProvider>
    <Frame />
  </LanguageProvider>
)
