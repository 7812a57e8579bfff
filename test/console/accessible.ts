/** What axe-core finds wrong with a page as it stands, by the rules of WCAG 2.2 A and AA. */
import axe from 'axe-core'
import type { Page } from './browser.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[]
}

interface Found {
  readonly violations: readonly Violation[]
  readonly passes: readonly unknown[]
}

/** One line each; none when the page is well. Evaluated and not inserted, so that the page keeps its policy. */
export const violationsOf = async (page: Page): Promise<string[]> => {
  const options = JSON.stringify({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations', 'passes'] })
  await page.evaluate(axe.source)
  const { violations, passes } = (await page.evaluate(`axe.run(document, ${options})`)) as Found
  if (passes.length < 10) throw new Error(`axe looked at nothing: only ${passes.length} rules passed`)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  )
}
