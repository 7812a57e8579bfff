/** How a command goes on, told by the collector until it has ended; asked anew when the connection breaks. */
import { ApiError, open, piecesOf } from '../../api.ts'
import type { SentCommand } from '../../command-shapes.ts'
import { createEventReader } from '../../live-stream.ts'

const AGAIN_MS = 2_000

export interface Hearer {
  onRecord(record: SentCommand): void
  /** The collector is not heard now; it goes on being asked. */
  onLost(): void
}

const readOnce = async (id: string, signal: AbortSignal, hearer: Hearer): Promise<boolean> => {
  const response = await open(`api/v1/commands/${encodeURIComponent(id)}/events`, signal)
  const read = createEventReader()
  for await (const piece of piecesOf(response)) {
    for (const { data } of read(piece)) {
      const record = JSON.parse(data) as SentCommand
      hearer.onRecord(record)
      if (record.is_ended) return true
    }
  }
  return false
}

const isHopeless = (reason: unknown): reason is ApiError =>
  reason instanceof ApiError && reason.status >= 400 && reason.status < 500 && reason.status !== 429

/** Until the command has ended or `signal`. Throws ApiError where asking again is of no use. */
export const followCommand = async (id: string, signal: AbortSignal, hearer: Hearer): Promise<void> => {
  while (!signal.aborted) {
    const outcome = await readOnce(id, signal, hearer).catch((reason: unknown) => reason)
    if (outcome === true || signal.aborted) return
    if (isHopeless(outcome)) throw outcome
    hearer.onLost()
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}
