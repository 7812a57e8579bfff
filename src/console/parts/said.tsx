/**
 * What the collector said: in the person's language where there is a translation, of the whole or of its sentences, else
 * marked as English.
 */
import { Fragment } from 'preact'
import { piecesIn } from '../language.ts'
import { useLanguage } from '../use-language.tsx'

export const Said = ({ text }: { text: string }) => {
  const { language } = useLanguage()
  return (
    <>
      {piecesIn(language, text).map((piece, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <span lang={piece.language === language ? undefined : piece.language}>{piece.text}</span>
        </Fragment>
      ))}
    </>
  )
}
