/** What every page is given. */
import type { Route } from './route.ts'

export interface PageProps {
  /** Of the kit that is looked at; empty on pages that are of no kit. */
  readonly sn: string
  readonly query: Route['query']
}
