/** One command: what it does, how sure that is, its control, and how the last one stands. */
import { useEffect, useId } from 'preact/hooks'
import type { Caller } from '../../api-shapes.ts'
import type { KnownCommand, SentCommand } from '../../command-shapes.ts'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { CommandForm } from './command-form.tsx'
import { CommandProgress } from './command-progress.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { DryRunNote } from './dry-run-note.tsx'
import { titleOf } from './known-command.ts'
import { useCommand } from './use-command.ts'

interface ItemProps {
  readonly sn: string
  readonly command: KnownCommand
  readonly caller: Caller
  /** One of the kind that is on its way already. */
  readonly underWay: SentCommand | undefined
  /** Something became of one: the history is to be read again. */
  onChange(): void
}

const ALWAYS = 'always'

const Warnings = ({ command, isForbidden }: { command: KnownCommand; isForbidden: boolean }) => {
  const { t } = useLanguage()
  const { danger, confidence } = command
  return (
    <p class="warnings">
      {danger && (
        <span class="badge is-watch">
          {t('control.dangerous')}
          {danger.when !== ALWAYS && (
            <>
              {' '}
              <Said text={danger.when} />
            </>
          )}
        </span>
      )}
      {confidence === 'document' && (
        <span class="badge is-plain" title={t('control.untried.is')}>
          {t('control.untried')}
        </span>
      )}
      {isForbidden && <span class="badge is-bad">{t('control.forbidden')}</span>}
    </p>
  )
}

export const CommandItem = ({ sn, command, caller, underWay, onChange }: ItemProps) => {
  const { said } = useLanguage()
  const id = useId()
  const use = useCommand(sn, command.name, underWay)
  const { flight, dryRun } = use
  const isForbidden = command.danger?.when === ALWAYS && caller.scope !== 'dangerous'
  const heard = flight?.step === 'taken' ? `${flight.record.id} ${flight.record.state}` : ''
  useEffect(() => {
    if (heard !== '') onChange()
  }, [heard])
  return (
    <article class={`command${use.isBusy ? ' is-busy' : ''}`} aria-labelledby={id} aria-busy={use.isBusy}>
      <div class="command-head">
        <h3 id={id}>{said(titleOf(command.name))}</h3>
        <Warnings command={command} isForbidden={isForbidden} />
        <p class="faint">
          <Said text={command.is} />.
        </p>
      </div>
      <div class="command-body">
        <CommandForm command={command} use={use} titleId={id} isForbidden={isForbidden} />
        <CommandProgress command={command} flight={flight} again={use.again} />
        {dryRun && <DryRunNote dryRun={dryRun} close={use.closeDryRun} />}
      </div>
      {flight?.step === 'confirming' && (
        <ConfirmDialog command={command} flight={flight} confirm={use.confirm} giveUp={use.giveUp} />
      )}
    </article>
  )
}
