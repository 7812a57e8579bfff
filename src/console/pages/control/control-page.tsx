/**
 * Where the owner acts: every command of the catalogue as a control, for those whose token allows it. Promises: nothing is
 * sent but by a button or switch that says so, and what was sent is not called done before the kit reports it.
 */
import type { Caller } from '../../api-shapes.ts'
import type { KnownCommands, SentCommands } from '../../command-shapes.ts'
import type { PageProps } from '../../page.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { readToken } from '../../token.ts'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { CommandFamilies } from './command-families.tsx'
import { CommandHistory } from './command-history.tsx'
import { ControlClosed, whyClosed } from './control-closed.tsx'
import { KitAway } from './kit-away.tsx'
import { Rights } from './rights.tsx'
import './control.css'

const HISTORY_MS = 15_000

const Controls = ({ sn, caller, known }: { sn: string; caller: Caller; known: KnownCommands }) => {
  const { t } = useLanguage()
  const { kit, modules } = useLive()
  const history = useAnswer<SentCommands>(`api/v1/kits/${encodeURIComponent(sn)}/commands`, HISTORY_MS)
  const sent = history.answer?.commands ?? []
  // Which commands suit the kit, its modules tell.
  if (kit === undefined || (modules.size === 0 && kit.kit.is_live)) return <p class="faint">{t('app.loading')}</p>
  return (
    <>
      <Rights caller={caller} />
      <KitAway kit={kit.kit} />
      <CommandFamilies sn={sn} commands={known.commands} caller={caller} sent={sent} onChange={history.again} />
      {history.error && history.error.code !== 'unreachable' && (
        <ProblemNote error={history.error} again={history.again} />
      )}
      <CommandHistory sent={sent} commands={known.commands} />
    </>
  )
}

const Body = ({ sn }: { sn: string }) => {
  const { t } = useLanguage()
  const known = useAnswer<KnownCommands>('api/v1/commands')
  const caller = useAnswer<Caller>('api/v1/caller')
  const error = caller.error ?? known.error
  if (error?.code.startsWith('token_')) return <ControlClosed why="token" problem={error} />
  const closed = whyClosed({ sn, known: known.answer, caller: caller.answer, isHeld: readToken() !== '' })
  if (closed !== undefined) return <ControlClosed why={closed} caller={caller.answer} />
  if (known.answer === undefined || caller.answer === undefined)
    return error === undefined ? <p class="faint">{t('app.loading')}</p> : <ProblemNote error={error} />
  return <Controls sn={sn} caller={caller.answer} known={known.answer} />
}

export const ControlPage = ({ sn }: PageProps) => {
  const { t } = useLanguage()
  return (
    <>
      <h1>{t('page.control')}</h1>
      <Body sn={sn} />
    </>
  )
}
