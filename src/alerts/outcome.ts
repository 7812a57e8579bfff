/** How the sending of a message went. */

export interface Outcome {
  readonly isTaken: boolean
  /** What came back, in words. */
  readonly text: string
}
