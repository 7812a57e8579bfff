/** What can be wrong with the answers of the HTTP API, for an account or one of its kits. Pure but for its countdown. */

/**
 * `code`: the vendor's envelope with that code. `html`: what a gateway or a captive portal answers instead.
 * `no_data`: success without any. `slow`: the answer comes so many ms late. `dropped`: the connection ends without one.
 */
export type Trouble =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'no_data'; readonly as: 'null' | 'missing' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'dropped' }

/** A trouble that is on: for whom, and for how many requests still. */
export interface HttpTrouble {
  readonly trouble: Trouble
  /** Undefined: every request of the account. */
  readonly kitSn: string | undefined
  /** Only requests whose path ends so. */
  readonly path: string
  left: number
}

/** The vendor's words for its codes. src: tolwi/hassio-ecoflow-cloud #382, #724 */
export const VENDOR_MESSAGES: Readonly<Record<string, string>> = {
  '1000': 'system error',
  '1006': 'current device is not allowed to get device info',
  '1008': 'request fail,please check your params',
  '6012': 'device is offline',
  '8512': 'no permission to do it',
  '8513': 'accessKey is invalid',
  '8521': 'signature is wrong',
}

/** What is wrong with this one request; each trouble found counts as used once. */
export const takeTroubles = (troubles: Set<HttpTrouble>, path: string, kitSn: string): Trouble[] => {
  const found = [...troubles].filter(
    (each) => (each.kitSn === undefined || each.kitSn === kitSn) && path.endsWith(each.path),
  )
  for (const each of found) if (--each.left <= 0) troubles.delete(each)
  return found.map(({ trouble }) => trouble)
}

/** The trouble of a kind, if it is among them. */
export const ofKind = <K extends Trouble['kind']>(
  troubles: readonly Trouble[],
  kind: K,
): Extract<Trouble, { kind: K }> | undefined =>
  troubles.find((each): each is Extract<Trouble, { kind: K }> => each.kind === kind)
