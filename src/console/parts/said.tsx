/**
 * What the collector said: in the person's language where there is a translation, of the whole or of its sentences, else
 * marked as English.
 */
import { Fragment } from 'preact'
import { useLanguage } from '../use-language.tsx'

const SENTENCES = /(?<=[.:]) (?=\p{Lu})/u

const Sentence = ({ text }: { text: string }) => {
  const { said, language } = useLanguage()
  const words = said(text)
  return <span lang={language !== 'en' && words === text ? 'en' : undefined}>{words}</span>
}

export const Said = ({ text }: { text: string }) => {
  const { said } = useLanguage()
  const sentences = said(text) === text ? text.split(SENTENCES) : [text]
  return (
    <>
      {sentences.map((sentence, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <Sentence text={sentence} />
        </Fragment>
      ))}
    </>
  )
}
