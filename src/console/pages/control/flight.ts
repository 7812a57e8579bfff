/**
 * A command of this page on its way: asked for, perhaps to be confirmed, followed until it has ended. Pure: what is
 * shown at each step, and what may be done next.
 */
import type { ApiError } from '../../api-error.ts'
import type { Params, SentCommand } from '../../command-shapes.ts'

export type Flight =
  | { readonly step: 'asking'; readonly params: Params; readonly key: string }
  /** Dangerous: it waits for a second step, until the token's time is over. */
  | {
      readonly step: 'confirming'
      readonly params: Params
      readonly confirmation: { readonly token: string; readonly expires_at: number }
      readonly detail: string
    }
  /** Dangerous, and not confirmed: nothing was sent. */
  | { readonly step: 'given-up'; readonly params: Params; readonly isLate: boolean }
  /** Nothing was sent; of one that nobody answered it is not known. */
  | { readonly step: 'refused'; readonly params: Params; readonly key: string; readonly error: ApiError }
  /** Taken by the collector; `isLost`: it is not heard now. */
  | { readonly step: 'taken'; readonly record: SentCommand; readonly isLost: boolean }

/** While it is so, another one would only be refused. */
export const isBusy = (flight: Flight | undefined): boolean =>
  flight?.step === 'asking' || flight?.step === 'confirming' || (flight?.step === 'taken' && !flight.record.is_ended)

/** What an ApiError makes of a command that was asked for. */
export const afterError = (params: Params, key: string, error: ApiError): Flight => {
  const { confirmation, detail } = error
  if (error.code !== 'confirmation_required' || confirmation === undefined)
    return { step: 'refused', params, key, error }
  return { step: 'confirming', params, confirmation, detail }
}

/** What becomes of one that the collector tells no more of: it is not known here, or not to this token. */
export const afterLoss = (flight: Flight | undefined, error: ApiError): Flight | undefined =>
  flight?.step === 'taken' ? { step: 'refused', params: flight.record.params, key: '', error } : flight

/** Nobody knows whether it was taken: asked again under the same key it is not sent twice. A proxy's no is a no. */
export const isUncertain = ({ code, status }: ApiError): boolean =>
  code === 'unreachable' || code === 'failed' || (code === 'foreign_answer' && status >= 500)
