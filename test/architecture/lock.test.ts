import { expect, it } from 'vitest'
import { readJson } from './read-files.ts'

interface Locked {
  readonly version?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Packages = Readonly<Record<string, Locked>>

/** Optional packages (binaries of other platforms, mostly) that a package names and the lock file does not hold. */
const missingOptional = (packages: Packages): string[] =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  )

// Without them `npm ci` refuses the lock file as out of step with package.json, on every platform.
it('the lock file holds the optional packages of every platform', () => {
  const { packages } = readJson('package-lock.json') as { packages: Packages }
  expect(Object.keys(packages).length).toBeGreaterThan(100)
  expect(missingOptional(packages)).toEqual([])
  const { 'node_modules/@duckdb/node-bindings-darwin-arm64': _, ...others } = packages
  expect(missingOptional(others)).toEqual(['@duckdb/node-bindings-darwin-arm64'])
})
