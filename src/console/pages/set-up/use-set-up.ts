/**
 * The set-up as a person goes through it: keys are typed, checked, saved, and the collector changes over to them.
 * Promises: keys live in this page's memory alone, and not beyond their being saved.
 */
import { useEffect, useState } from 'preact/hooks'
import { ApiError, ask, send } from '../../api.ts'
import type { Kits } from '../../api-shapes.ts'
import type { CheckedKeys, Setup } from '../../set-up-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import { go } from '../../use-route.ts'
import { outcomeOf } from './waiting.ts'

/** As it is sent. */
export interface Typed {
  readonly code: string
  readonly access_key: string
  readonly secret_key: string
  readonly region: string
}

/** slow: the collector has not come back for long. */
export type Phase = 'typing' | 'checking' | 'saving' | 'changing' | 'slow'

const NOTHING: Typed = { code: '', access_key: '', secret_key: '', region: 'auto' }
const LOOK_EVERY_MS = 1_000
const SLOW_MS = 90_000

/** Past the list that the page may still hold of the demonstration. */
const showKits = ({ kits }: Kits): void => {
  const [only, ...others] = kits
  go(only === undefined || others.length > 0 ? { page: 'kits', query: { all: '' } } : { page: 'now', sn: only.kit_sn })
}

const undefinedOnError = <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> => answer.catch(() => undefined)

/** Looks every second what becomes of saved keys, and goes to the kits once they are there. */
const useChangeOver = (phase: Phase, setPhase: (phase: Phase) => void, again: () => void): void => {
  const isChanging = phase === 'changing' || phase === 'slow'
  useEffect(() => {
    if (!isChanging) return
    const startedAt = Date.now()
    const timer = setInterval(async () => {
      const sinceMs = Date.now() - startedAt
      const [kits, setup] = await Promise.all([
        undefinedOnError(ask<Kits>('api/v1/kits')),
        undefinedOnError(ask<Setup>('api/v1/setup')),
      ])
      const outcome = outcomeOf(kits, setup, sinceMs)
      if (outcome === 'collecting' && kits !== undefined) showKits(kits)
      else if (outcome === 'failed') {
        setPhase('typing')
        again()
      } else if (sinceMs > SLOW_MS) setPhase('slow')
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isChanging])
}

export const useSetUp = () => {
  const standing = useAnswer<Setup>('api/v1/setup')
  const [typed, setTyped] = useState(NOTHING)
  const [phase, setPhase] = useState<Phase>('typing')
  const [checked, setChecked] = useState<CheckedKeys>()
  const [error, setError] = useState<ApiError>()
  useChangeOver(phase, setPhase, standing.again)

  const request = async (path: string, during: Phase): Promise<CheckedKeys | undefined> => {
    setPhase(during)
    setError(undefined)
    try {
      const answer = await send<CheckedKeys>(path, typed)
      setChecked(answer)
      return answer
    } catch (reason) {
      if (reason instanceof ApiError) setError(reason)
      standing.again()
      return undefined
    } finally {
      setPhase('typing')
    }
  }
  return {
    standing,
    typed,
    phase,
    checked,
    error,
    /** What was found is of other keys then. */
    type: (change: Partial<Typed>): void => {
      setTyped((before) => ({ ...before, ...change }))
      setChecked(undefined)
    },
    check: () => request('api/v1/setup/check', 'checking'),
    save: async (): Promise<void> => {
      const answer = await request('api/v1/setup', 'saving')
      if (!answer?.is_saved) return
      setTyped(NOTHING)
      setPhase('changing')
    },
  }
}

export type SetUp = ReturnType<typeof useSetUp>
