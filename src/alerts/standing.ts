/** How an alert stands for one row: when its condition began, whether it fired, and of what it speaks. Survives JSON. */
import type { Alert } from '../catalogue/alert-rule.ts'

/** What a row is of. */
export interface Subject {
  /** Empty for the collector itself. */
  readonly kitSn: string
  /** Empty for a kit as a whole. */
  readonly moduleSn: string
  /** For a person: the kit, with its module. */
  readonly label: string
  /** IANA name, of the kit. */
  readonly timeZone: string
  /** What the row itself says in words: an error, a verdict. */
  readonly says?: string
}

/** A row of the minute. `key` tells it from all other rows. */
export interface WatchedRow {
  readonly row: Alert['row']
  readonly key: string
  readonly subject: Subject
  readonly isLaidUp: boolean
  readonly fields: Readonly<Record<string, number | string>>
}

/** Times are epoch ms. */
export interface Standing {
  /** Since when its condition holds without a break. */
  readonly sinceAt: number
  readonly firedAt?: number
  /** Since when its cause is gone, while it is kept. */
  readonly goneAt?: number
  readonly subject: Subject
  readonly value?: number
}

/** By id of the rule and key of the row. */
export type Standings = ReadonlyMap<string, Standing>

/** What happened to an alert: `unknown` and `muted` end it without its cause being gone. */
export interface Change {
  readonly alert: Alert
  readonly what: 'fired' | 'cleared' | 'unknown' | 'muted'
  readonly key: string
  /** As it stood before it ended, or as it fired. */
  readonly standing: Standing
  /** The value at which it fires. */
  readonly threshold: number
  readonly at: number
}
