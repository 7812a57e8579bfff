/** Alerts of a kit among its events: what the collector's own evaluator found, told to the line like any other input. */
import type { LineBuilder } from './encode.ts'
import { writeEvent } from './events.ts'
import type { TrackState } from './state.ts'

/** What became of an alert, in words. */
export interface AlertNews {
  readonly kitSn: string
  /** `all` for the kit as a whole. */
  readonly moduleSn: string
  readonly isFired: boolean
  readonly text: string
}

const MOST_TEXT = 300

export const trackAlert = (state: TrackState, news: AlertNews, at: number, into: LineBuilder): void => {
  const kit = state.kits.get(news.kitSn)
  const kind = news.isFired ? 'alert_fired' : 'alert_cleared'
  if (kit) writeEvent(kit, news.moduleSn, kind, news.text.slice(0, MOST_TEXT), at, into)
}
