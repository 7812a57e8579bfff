/** What runs, for how long, and what to send along when something is wrong. */
import { useState } from 'preact/hooks'
import { ApiError, open } from '../../api.ts'
import { duration } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { saveFile } from '../../save-file.ts'
import { useLanguage } from '../../use-language.tsx'
import type { CollectorState } from './collector-shapes.ts'

const nameIn = (response: Response): string =>
  /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'powerkits-diagnostics.tar.gz'

const Diagnostics = () => {
  const { t } = useLanguage()
  const [error, setError] = useState<ApiError>()
  const [isBusy, setIsBusy] = useState(false)
  const download = async () => {
    setIsBusy(true)
    setError(undefined)
    try {
      const response = await open('api/v1/diagnostics')
      saveFile(await response.blob(), nameIn(response))
    } catch (reason) {
      if (reason instanceof ApiError) setError(reason)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <p>{t('health.diagnostics.about')}</p>
      <p>
        <button type="button" disabled={isBusy} onClick={download}>
          {t(isBusy ? 'health.diagnostics.busy' : 'health.diagnostics.download')}
        </button>
      </p>
      {error && <ProblemNote error={error} />}
    </>
  )
}

export const Version = ({ collector: { version, uptime_s } }: { collector: CollectorState }) => {
  const { t, locale } = useLanguage()
  return (
    <Card title={t('health.version')} wide>
      <dl class="facts is-left">
        <dt>powerkits</dt>
        <dd>{version}</dd>
        <dt>{t('health.uptime')}</dt>
        <dd>{duration(uptime_s, locale)}</dd>
        <dt>{t('health.api')}</dt>
        <dd>
          <a href="docs/">/docs</a>
        </dd>
      </dl>
      <Diagnostics />
    </Card>
  )
}
