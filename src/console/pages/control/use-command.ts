/** One command's control: asks, confirms, follows. Promises: nothing is asked for twice by one click, nor by two. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, send } from '../../api.ts'
import type { CommandPlan, Params, SentCommand, TakenCommand } from '../../command-shapes.ts'
import { afterError, afterLoss, type Flight, isBusy } from './flight.ts'
import { followCommand } from './follow-command.ts'

export type DryRun = { readonly plan: CommandPlan } | { readonly error: ApiError }

export interface CommandUse {
  readonly flight: Flight | undefined
  readonly dryRun: DryRun | undefined
  readonly isBusy: boolean
  ask(params: Params): void
  /** What would be sent. */
  rehearse(params: Params): void
  closeDryRun(): void
  /** The second step. */
  confirm(): void
  /** Not confirmed: it is dropped. `isLate`: since the time for it is over. */
  giveUp(isLate: boolean): void
  /** The same once more, under the same key. */
  again(): void
}

/** Of getRandomValues: randomUUID is not there where the console is read over plain HTTP from afar. */
const newKey = (): string =>
  `console-${[...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-')}`

const useFollowing = (id: string | undefined, setFlight: (change: (flight?: Flight) => Flight | undefined) => void) =>
  useEffect(() => {
    if (id === undefined) return
    const stop = new AbortController()
    const onRecord = (record: SentCommand) => setFlight(() => ({ step: 'taken', record, isLost: false }))
    const onLost = () => setFlight((flight) => (flight?.step === 'taken' ? { ...flight, isLost: true } : flight))
    followCommand(id, stop.signal, { onRecord, onLost }).catch(
      (error: unknown) => error instanceof ApiError && setFlight((flight) => afterLoss(flight, error)),
    )
    return () => stop.abort()
  }, [id])

/** What the control shows: its own command, or one that was asked for elsewhere and is still on its way. */
const shown = (own: Flight | undefined, underWay: SentCommand | undefined): Flight | undefined => {
  if (underWay === undefined || isBusy(own) || own?.step === 'refused') return own
  // The list of commands is behind what this page heard itself.
  if (own?.step === 'taken' && own.record.asked_ms >= underWay.asked_ms) return own
  return { step: 'taken', record: underWay, isLost: false }
}

const idUnderWay = (flight: Flight | undefined): string | undefined =>
  flight?.step === 'taken' && !flight.record.is_ended ? flight.record.id : undefined

/** `underWay`: one that somebody asked for before, on this page or elsewhere. */
export const useCommand = (sn: string, command: string, underWay: SentCommand | undefined): CommandUse => {
  const [own, setFlight] = useState<Flight>()
  const [dryRun, setDryRun] = useState<DryRun>()
  const isAsking = useRef(false)
  const flight = shown(own, underWay)
  const path = `api/v1/kits/${encodeURIComponent(sn)}/commands`
  useFollowing(idUnderWay(flight), setFlight)

  const post = async (params: Params, key: string, confirmation?: string) => {
    if (isAsking.current) return
    isAsking.current = true
    setDryRun(undefined)
    setFlight({ step: 'asking', params, key })
    const body = { command, params, ...(confirmation !== undefined && { confirmation }) }
    await send<TakenCommand>(path, body, { 'idempotency-key': key }).then(
      ({ command: record }) => record && setFlight({ step: 'taken', record, isLost: false }),
      (error: unknown) => error instanceof ApiError && setFlight(afterError(params, key, error)),
    )
    isAsking.current = false
  }
  return {
    flight,
    dryRun,
    isBusy: isBusy(flight),
    ask: (params) => isBusy(flight) || post(params, newKey()),
    rehearse: (params) =>
      send<TakenCommand>(`${path}?dry-run=true`, { command, params }).then(
        ({ plan }) => setDryRun({ plan }),
        (error: unknown) => error instanceof ApiError && setDryRun({ error }),
      ),
    closeDryRun: () => setDryRun(undefined),
    confirm: () => own?.step === 'confirming' && post(own.params, newKey(), own.confirmation.token),
    giveUp: (isLate) => own?.step === 'confirming' && setFlight({ step: 'given-up', params: own.params, isLate }),
    again: () => own?.step === 'refused' && post(own.params, own.key),
  }
}
