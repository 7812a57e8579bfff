/** What becomes of a request to the vendor's cloud: a value, or a failure that a person can read. Never an exception. */
import type { FailureKind } from './failures.ts'

export interface Failure {
  readonly kind: FailureKind
  /** The vendor's code, or empty where the answer had none. */
  readonly code: string
  /** What happened, to which kit or account, what becomes of the data, what to do. Without any secret. */
  readonly text: string
  /** The vendor's eagleEyeTraceId, or empty. */
  readonly traceId: string
}

export type Outcome<T> =
  | { readonly isOk: true; readonly value: T }
  | { readonly isOk: false; readonly failure: Failure }
