/** Reads the TypeScript and bin files of the checkout for the rules; refuses to give an empty set. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from './imports.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** All code files below the folders, which must hold some: path → text. */
export const readFiles = (folders: readonly string[]): Files => {
  const files = new Map<string, string>()
  for (const folder of folders.filter((each) => existsSync(join(ROOT, each)))) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true }).map(String).sort()) {
      const path = `${folder}/${name.split(sep).join('/')}`
      if (/\.(?:tsx?|mjs|cjs)$/.test(path)) files.set(path, readFileSync(join(ROOT, path), 'utf8'))
    }
  }
  if (files.size === 0) throw new Error(`No file found below ${folders.join(', ')}: the rules would check nothing.`)
  return files
}

/** A JSON file of the checkout. */
export const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
