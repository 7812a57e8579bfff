/** What a module is called on this page. */
import { useMemo } from 'preact/hooks'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'

export type ModuleName = (sn: string) => string

/** With the end of its serial number: a kit may have two of a kind. */
export const useModuleName = (): ModuleName => {
  const { modules } = useLive()
  const { said, t } = useLanguage()
  const labels = [...modules.values()].map(({ module_sn, label }) => `${module_sn}\t${label}`).sort()
  const known = labels.join('\n')
  return useMemo(() => {
    const byModule = new Map(known.split('\n').map((line) => line.split('\t') as [string, string]))
    return (sn) => {
      if (sn === 'all') return t('history.whole-kit')
      const label = byModule.get(sn)
      return label ? `${said(label)} …${sn.slice(-4)}` : sn
    }
  }, [known, said, t])
}
