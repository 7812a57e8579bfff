/** In which state a session can be, and what that means to a person. */
import type { SessionState } from '../cloud/session-contract.ts'

export const SESSION_STATES: Readonly<Record<SessionState, string>> = {
  connected: 'the broker has the session',
  connecting: 'it is being opened',
  waiting: 'it is opened again after a pause',
  http_only: "the day's connects or client ids are used up, or the broker keeps refusing: polls go on meanwhile",
  closed: 'the collector has ended it',
}
