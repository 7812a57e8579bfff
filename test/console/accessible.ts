/** What axe-core finds wrong with a page as it stands, by the rules of WCAG 2.2 A and AA. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from './browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
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
  const axe = JSON.stringify({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations', 'passes'] })
  await page.evaluate(AXE)
  const { violations, passes } = (await page.evaluate(`axe.run(document, ${axe})`)) as Found
  if (passes.length < 10) throw new Error(`axe looked at nothing: only ${passes.length} rules passed`)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  )
}
