/**
 * What the collector said: in the person's language where there is a translation, of the whole or of its sentences, else
 * marked as English. What stands between backticks is code.
 */
import { Fragment } from 'preact'
import { piecesIn } from '../language.ts'
import { useLanguage } from '../use-language.tsx'

const withCode = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))

export const Said = ({ text }: { text: string }) => {
  const { language } = useLanguage()
  return (
    <>
      {piecesIn(language, text).map((piece, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <span lang={piece.language === language ? undefined : piece.language}>{withCode(piece.text)}</span>
        </Fragment>
      ))}
    </>
  )
}
