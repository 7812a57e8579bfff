/** What the set-up page reads of /api/v1/setup. Times are epoch ms. */

/** What the doctor found. */
export interface Finding {
  /** skip: not looked at, because something before it failed. */
  readonly state: 'pass' | 'warn' | 'fail' | 'skip'
  readonly what: string
  readonly text: string
  /** What to do about it; may be empty. */
  readonly todo: string
}

/** Whether an account can be connected. */
export interface Setup {
  readonly at: number
  readonly is_open: boolean
  readonly tries_left: number
  readonly is_saved: boolean
  /** Why keys cannot be saved, and where to put them instead. */
  readonly elsewhere?: string | undefined
  /** Why collecting did not start with keys that were saved. */
  readonly problem?: string | undefined
}

export interface CheckedKeys {
  readonly at: number
  readonly are_keys_taken: boolean
  readonly is_saved: boolean
  readonly kits: readonly { readonly kit_sn: string; readonly name: string }[]
  readonly findings: readonly Finding[]
}
