import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'
import { readFiles } from './read-files.ts'
import { RULES } from './rules.ts'

// The texts inside rules.test.ts are made to break the rules.
const read = readFiles(['src', 'grafana', 'test', 'show', 'bench', 'bin'])
const files = new Map([...read].filter(([path]) => path !== 'test/architecture/rules.test.ts'))

describe('the layout', () => {
  it('was read: sources and their imports were found', () => {
    expect([...files.keys()].filter((path) => path.startsWith('src/')).length).toBeGreaterThan(20)
    const imports = importsOf(files)
    expect(imports.filter(({ from, isOwn }) => isOwn && from.startsWith('src/track/')).length).toBeGreaterThan(5)
    expect(imports.some(({ from, to }) => from.startsWith('src/store/embedded/') && to === '@duckdb/node-api')).toBe(
      true,
    )
  })

  it.each(Object.keys(RULES))('%s', (name) => {
    expect(RULES[name]?.(files)).toEqual([])
  })
})
