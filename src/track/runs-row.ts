/** Rows of `run`: a session as it stands, or as it ended, in words and numbers. */
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import { span } from './overview.ts'
import type { Run } from './runs-state.ts'
import type { KitState } from './state.ts'

/** Goes on; was seen to end; its module fell silent; its module speaks on, and not of the input. */
export type RunEnd = 'open' | 'gone' | 'silent' | 'untold'

const NAMES = { shore: 'Shore power', generator: 'Generator', alternator: 'Alternator' } as const

const TOLD_BY = {
  shore: 'the AC input had 20 W or 80 V and more',
  generator: 'the AC input had 20 W or 80 V and more, and the settings say that a generator feeds it',
  alternator: 'the DC input named an alternator, and had 5 W and more',
} as const

const ENDS: Readonly<Record<RunEnd, string>> = {
  open: '',
  gone: '',
  silent: 'nothing was heard after its end: it may have gone on',
  untold: 'after its end the input was not told of: it may have gone on',
}

const lasting = (ms: number): string => (ms < 60_000 ? `${Math.round(ms / 1000)} s` : span(ms / 1000))

const energy = (wh: number): string => (wh < 1000 ? `${Math.round(wh)} Wh` : `${(wh / 1000).toFixed(2)} kWh`)

const textOf = ({ kind, startAt, lastAt, wh }: Run, isOpen: boolean): string =>
  `${NAMES[kind]} for ${lasting(lastAt - startAt)}: ${energy(wh)}${isOpen ? ' so far' : ''}`

const detailsOf = ({ kind, isBeginSeen, uncoveredMs }: Run, end: RunEnd): string =>
  [
    TOLD_BY[kind],
    isBeginSeen ? '' : 'it may have begun earlier',
    uncoveredMs > 0 ? `${lasting(uncoveredMs)} of it are not covered by reports` : '',
    ENDS[end],
  ]
    .filter(Boolean)
    .join('; ')

/** Appends the row of a session. */
export const writeRun = (kit: KitState, run: Run, end: RunEnd, into: LineBuilder): void => {
  const isOpen = end === 'open'
  into.history += encodePoint({
    measurement: 'run',
    tags: { kit_sn: kit.sn, module_sn: run.moduleSn },
    fields: {
      kind: run.kind,
      text: textOf(run, isOpen),
      details: detailsOf(run, end),
      is_open: isOpen ? 1 : 0,
      wh: Math.round(run.wh * 1e6) / 1e6,
      end_ms: run.lastAt,
      duration_s: (run.lastAt - run.startAt) / 1000,
      ...(run.socFrom !== undefined && { soc_from_pct: run.socFrom }),
      ...(run.socTo !== undefined && { soc_to_pct: run.socTo }),
    },
    at: Math.floor(run.startAt / 1000) * 1000,
  })
}
