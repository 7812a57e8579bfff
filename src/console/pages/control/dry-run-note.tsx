/** What would be sent, after all checks; nothing was. */

import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { RefusalNote } from './refusal-note.tsx'
import type { DryRun } from './use-command.ts'

export const DryRunNote = ({ dryRun, close }: { dryRun: DryRun; close: () => void }) => {
  const { t } = useLanguage()
  if ('error' in dryRun)
    return (
      <div role="status">
        <RefusalNote error={dryRun.error} />
      </div>
    )
  const { to, message, checks, read_back } = dryRun.plan
  return (
    <div class="dry-run">
      <div class="dry-run-head">
        <p role="status">
          <strong>{t('control.dry-run.title')}</strong> <code>{to}</code>
        </p>
        <button type="button" class="is-quiet" onClick={close}>
          {t('control.dry-run.close')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll must be reached by keyboard */}
      <pre tabIndex={0}>{JSON.stringify(message, null, 2)}</pre>
      <p>{t('control.dry-run.checks')}</p>
      <ul>
        {checks.map((check) => (
          <li key={check}>
            <Said text={check} />
          </li>
        ))}
      </ul>
      <p>
        {t('control.dry-run.read-back')} <Said text={read_back} />
      </p>
    </div>
  )
}
