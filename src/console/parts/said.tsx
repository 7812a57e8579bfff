/** A sentence of the collector: in the person's language where there is a translation, else marked as English. */
import { useLanguage } from '../use-language.tsx'

export const Said = ({ text }: { text: string }) => {
  const { said, language } = useLanguage()
  const words = said(text)
  const isForeign = language !== 'en' && words === text
  return <span lang={isForeign ? 'en' : undefined}>{words}</span>
}
