/** How a person comes by keys. */
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'

const PORTALS = [
  ['set-up.region.eu', 'https://developer-eu.ecoflow.com'],
  ['set-up.region.us', 'https://developer.ecoflow.com'],
] as const

export const MakeKeys = () => {
  const { t } = useLanguage()
  return (
    <Card title={t('set-up.keys.title')}>
      <p>{t('set-up.keys.portal')}</p>
      <ul class="set-up-list">
        {PORTALS.map(([where, address]) => (
          <li key={where}>
            {t(where)}:{' '}
            <a href={address} target="_blank" rel="noreferrer">
              {new URL(address).host}
            </a>
          </li>
        ))}
      </ul>
      <p>{t('set-up.keys.make')}</p>
      <p>{t('set-up.keys.own')}</p>
    </Card>
  )
}
