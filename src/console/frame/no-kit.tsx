/** In the place of a kit's page where there is no such kit, or the token is for others: with ways to those there are. */
import type { Kits } from '../api-shapes.ts'
import { nameOf } from '../kit-name.ts'
import { Said } from '../parts/said.tsx'
import { hashOf, type Route } from '../route.ts'
import { useAnswer } from '../use-answer.ts'
import { useLanguage } from '../use-language.tsx'
import { useLive } from '../use-live.tsx'

const EVERY_MS = 30_000

/** Whether the address names a kit that cannot be shown. */
export const useIsKitMissing = ({ sn }: Route): boolean => {
  const { kits, link, error } = useLive()
  if (sn === undefined) return false
  if (link === 'live') return kits !== undefined && !kits.some(({ kit_sn }) => kit_sn === sn)
  return error?.code.startsWith('kit_') === true
}

export const NoKit = ({ sn }: { sn: string }) => {
  const { t } = useLanguage()
  const { error } = useLive()
  const { answer } = useAnswer<Kits>('api/v1/kits', EVERY_MS)
  const kits = answer?.kits ?? []
  const told = error?.code === 'kit_forbidden' ? error : undefined
  return (
    <section class="card">
      <h1>{told === undefined ? t('app.no-such-kit', { sn }) : <Said text={told.title} />}</h1>
      {told && (
        <p>
          <Said text={told.detail} />
        </p>
      )}
      {kits.length > 0 && (
        <>
          <p>{t('app.kits-there')}</p>
          <ul>
            {kits.map((kit) => (
              <li key={kit.kit_sn}>
                <a href={hashOf({ page: 'now', sn: kit.kit_sn })}>{nameOf(kit)}</a>{' '}
                {nameOf(kit) !== kit.kit_sn && <span class="faint">{kit.kit_sn}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
