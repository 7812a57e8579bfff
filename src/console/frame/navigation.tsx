/** Links to the pages: at the side of a wide screen, at the foot of a phone. */
import { Icon } from '../parts/icon.tsx'
import { hashOf, KIT_PAGES, type PageName, type Route } from '../route.ts'
import { useLanguage } from '../use-language.tsx'
import { useLive } from '../use-live.tsx'

/** Pages of a kit need one: that of the address, or the only one there is. */
const useShownKit = ({ sn }: Route): string | undefined => {
  const { kits } = useLive()
  return sn ?? (kits?.length === 1 ? kits[0]?.kit_sn : undefined)
}

const Entry = ({ page, sn, isHere }: { page: PageName; sn?: string; isHere: boolean }) => {
  const { t } = useLanguage()
  return (
    <li>
      <a href={hashOf(sn === undefined ? { page } : { page, sn })} aria-current={isHere ? 'page' : undefined}>
        <Icon name={page} />
        <span>{t(`page.${page}`)}</span>
      </a>
    </li>
  )
}

export const Navigation = ({ route }: { route: Route }) => {
  const { t } = useLanguage()
  const { kits } = useLive()
  const sn = useShownKit(route)
  return (
    <nav class="pages" aria-label={t('app.navigation')}>
      <ul class={sn === undefined ? undefined : 'is-of-kit'}>
        {(kits?.length ?? 0) > 1 && <Entry page="kits" isHere={route.page === 'kits'} />}
        {sn !== undefined &&
          KIT_PAGES.map((page) => <Entry key={page} page={page} sn={sn} isHere={route.page === page} />)}
        <Entry page="health" isHere={route.page === 'health'} />
      </ul>
    </nav>
  )
}
