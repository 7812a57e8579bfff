/** Why the API gave no answer, as it can be shown to a person. */

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly confirmation?: { readonly token: string; readonly expires_at: number }
}

/** Why there is no answer. `code` is that of the API's problems, or `unreachable`; `status` is 0 then. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly confirmation: Problem['confirmation']

  constructor({ type, title, status, detail, confirmation }: Problem) {
    super(`${title}: ${detail}`)
    this.code = type.replace('urn:powerkits:problem:', '')
    this.status = status
    this.title = title
    this.detail = detail
    this.confirmation = confirmation
  }
}
