/** After a start: the state of `track` from the newest snapshot, and the inputs recorded behind it folded again. */
import type { Catalogue } from './catalogue/vocabulary.ts'
import { createCounters } from './counters.ts'
import { runLine } from './pipeline.ts'
import type { Spool } from './store/spool.ts'
import { FRESHNESS, type FreshnessNumbers } from './track/numbers.ts'
import { restoreSnapshot } from './track/snapshot.ts'
import { createState, type TrackState } from './track/state.ts'
import { createTrack } from './track/track.ts'

export interface Recalled {
  readonly state: TrackState
  /** Records folded again. */
  readonly folded: number
}

/** Their lines are in the spool already: only the state is wanted. */
export const recall = async (
  spool: Spool,
  catalogue: Catalogue,
  numbers: FreshnessNumbers = FRESHNESS,
): Promise<Recalled> => {
  const snapshot = await spool.loadSnapshot()
  const restored = snapshot && restoreSnapshot(snapshot.bytes, catalogue, numbers)
  const track = createTrack(restored ?? createState(numbers), catalogue, createCounters())
  let folded = 0
  for await (const { input } of spool.records(restored ? snapshot!.seq : 0)) {
    runLine(track, input)
    folded++
  }
  return { state: track.state, folded }
}
