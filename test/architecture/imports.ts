/**
 * The import graph of a set of files, found by pattern: a statement stands at the start of its line, and its module
 * is a plain quoted text. Pure: files come as path → text, paths relative to the checkout with `/`.
 */
import { posix } from 'node:path'

export type Files = ReadonlyMap<string, string>

/** `to` is a path of the checkout for a relative import, otherwise the package or `node:` module as written. */
export interface Import {
  readonly from: string
  readonly to: string
  readonly isOwn: boolean
}

const STATEMENT = /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:[\w$*{}\s,]+?\s+from\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*[,)]/g
const COMMENT = /\/\*[\s\S]*?\*\/|(?:^|[ \t])\/\/[^\n]*/gm

/** The text without its comments: words in prose break no rule. */
export const code = (text: string): string => text.replace(COMMENT, '')

/** Everything `files` import, in order. */
export const importsOf = (files: Files): Import[] =>
  [...files].flatMap(([from, text]) => {
    const plain = code(text)
    const modules = [...plain.matchAll(STATEMENT), ...plain.matchAll(DYNAMIC)].map((match) => match[1] ?? '')
    return modules.map((module) => {
      const isOwn = module.startsWith('.')
      return { from, to: isOwn ? posix.join(posix.dirname(from), module) : module, isOwn }
    })
  })

/** The package of a module name: `mqtt/dist/x` is of `mqtt`, `@a/b/c` of `@a/b`; `node:fs` stays. */
export const packageOf = (module: string): string =>
  module.startsWith('node:') ? module : module.split('/', module.startsWith('@') ? 2 : 1).join('/')

/** The first import cycle found, as its paths in order with the first one repeated; empty when there is none. */
export const findCycle = (imports: readonly Import[]): string[] => {
  const next = new Map<string, string[]>()
  for (const { from, to, isOwn } of imports) if (isOwn) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const walk = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    for (const to of next.get(path) ?? []) {
      const cycle = walk(to, [...trail, path])
      if (cycle.length > 0) return cycle
    }
    done.add(path)
    return []
  }
  for (const path of next.keys()) {
    const cycle = walk(path, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
