#!/usr/bin/env node
/**
 * Writes what follows from the catalogue: docs/fields.md and src/catalogue/names.lock.json.
 * The lock only grows. A catalogue that changes the tags, unit or meaning of a locked name is refused, and nothing
 * is written: give the new thing a new name, and mark the old one `deprecated` in the lock.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { prepare } from './bootstrap.mjs'

await prepare({ quiet: true })
const { fieldsDocument } = await import('../dist/catalogue/document.js')
const { MODULE_KINDS } = await import('../dist/catalogue/modules.js')
const { brokenPromises, extendLock, lockText, namesOf } = await import('../dist/catalogue/names.js')

const lockFile = new URL('../src/catalogue/names.lock.json', import.meta.url)
const lock = JSON.parse(await readFile(lockFile, 'utf8'))
const names = namesOf(MODULE_KINDS)
const broken = brokenPromises(lock, names)
if (broken.length > 0) {
  console.error(`The catalogue breaks ${broken.length} promised names; nothing was written:\n  ${broken.join('\n  ')}`)
  process.exitCode = 1
} else {
  await writeFile(lockFile, lockText(extendLock(lock, names)))
  await writeFile(new URL('../docs/fields.md', import.meta.url), fieldsDocument(MODULE_KINDS))
}
