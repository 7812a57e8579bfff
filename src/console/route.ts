/**
 * Addresses of the console: the part of the URL after `#`, so that the collector serves one file and a proxy may put it
 * under any path. `#/` is the list of kits, `#/kit/SN/history?from=-7d` a page of a kit, `#/health` one of the collector.
 */

export const KIT_PAGES = ['now', 'history', 'batteries', 'circuits', 'modules', 'control'] as const
export const OWN_PAGES = ['kits', 'health', 'set-up'] as const

export type PageName = (typeof KIT_PAGES)[number] | (typeof OWN_PAGES)[number]

export interface Route {
  readonly page: PageName
  /** Of pages of a kit. */
  readonly sn?: string
  readonly query: Readonly<Record<string, string>>
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string | undefined): name is Name =>
  names.includes(name as Name)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The list of kits for what cannot be read. */
export const readRoute = (hash: string): Route => {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  const query = Object.fromEntries(new URLSearchParams(search))
  const [first, sn, page = 'now'] = path.split('/')
  if (first === 'kit' && sn && isOneOf(KIT_PAGES, page)) return { page, sn: decoded(sn), query }
  if (isOneOf(OWN_PAGES, first)) return { page: first, query }
  return { page: 'kits', query }
}

/** As a link has it. */
export const hashOf = ({ page, sn, query }: Pick<Route, 'page' | 'sn'> & Partial<Route>): string => {
  const path = sn === undefined ? (page === 'kits' ? '' : page) : `kit/${encodeURIComponent(sn)}/${page}`
  const search = new URLSearchParams(query).toString()
  return `#/${path}${search === '' ? '' : `?${search}`}`
}
