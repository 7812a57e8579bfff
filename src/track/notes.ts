/** Inputs of our own making: which kits the settings name, and what the spool had to drop. */
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import { ALL, writeEvent } from './events.ts'
import { createKit, type TrackState } from './state.ts'

/** Names by serial number of the kit. */
export type Fleet = Readonly<Record<string, string>>

/** Records dropped unread because the spool was full. Times are epoch ms. */
export interface Loss {
  readonly records: number
  readonly fromAt: number
  readonly toAt: number
}

/** Makes the kits of the settings known, heard of or not; one that was only named, and is no longer, is forgotten. */
export const trackFleet = (state: TrackState, fleet: Fleet): void => {
  for (const kit of state.kits.values())
    if (kit.heardAt === 0 && kit.modules.size === 0 && !(kit.sn in fleet)) state.kits.delete(kit.sn)
  for (const [sn, name] of Object.entries(fleet)) {
    const kit = state.kits.get(sn) ?? createKit(sn)
    kit.name = name
    state.kits.set(sn, kit)
  }
}

/** A gap row of every kit: which of them the lost records spoke of, nobody can say any more. */
export const trackLoss = (state: TrackState, loss: Loss, into: LineBuilder): void => {
  const startAt = Math.floor(loss.fromAt / 1000) * 1000
  for (const kit of state.kits.values())
    into.history += encodePoint({
      measurement: 'gap',
      tags: { kit_sn: kit.sn, module_sn: ALL },
      fields: {
        cause: 'spool_full',
        text: `${loss.records} records were dropped because the spool was full`,
        end_ms: loss.toAt,
        duration_s: (loss.toAt - startAt) / 1000,
        is_open: 0,
      },
      at: startAt,
    })
}

/** The system clock was set by so many ms: what stands around it may be stamped wrongly. */
export const trackClock = (state: TrackState, stepMs: number, at: number, into: LineBuilder): void => {
  for (const kit of state.kits.values())
    writeEvent(kit, ALL, 'clock_stepped', `${Math.round(stepMs / 1000)} s`, at, into)
}
