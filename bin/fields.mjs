#!/usr/bin/env node
/**
 * Writes what follows from the catalogue: docs/fields.md, docs/commands.md, docs/alerts.md and src/catalogue/names.lock.json.
 * The lock only grows. A catalogue that changes the tags, unit or meaning of a locked name is refused, and nothing
 * is written: give the new thing a new name, and mark the old one `deprecated` in the lock.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { explained, prepare } from './bootstrap.mjs'
import { Refusal } from './say.mjs'

const LOCK = new URL('../src/catalogue/names.lock.json', import.meta.url)
const PAGE = new URL('../docs/fields.md', import.meta.url)
const COMMANDS_PAGE = new URL('../docs/commands.md', import.meta.url)
const ALERTS_PAGE = new URL('../docs/alerts.md', import.meta.url)

await explained(async () => {
  prepare({ quiet: true })
  const { ALERTS } = await import('../dist/catalogue/alerts.js')
  const { alertsDocument } = await import('../dist/catalogue/alerts-document.js')
  const { COMMANDS } = await import('../dist/catalogue/commands.js')
  const { commandsDocument } = await import('../dist/catalogue/commands-document.js')
  const { fieldsDocument } = await import('../dist/catalogue/document.js')
  const { MODULES } = await import('../dist/catalogue/modules.js')
  const { brokenPromises, extendLock, lockText, namesOf } = await import('../dist/catalogue/names.js')
  const lock = JSON.parse(await readFile(LOCK, 'utf8'))
  const names = namesOf(MODULES)
  const broken = brokenPromises(lock, names)
  if (broken.length > 0)
    throw new Refusal(`The catalogue breaks what was promised; nothing was written:\n  ${broken.join('\n  ')}`)
  await writeFile(LOCK, lockText(extendLock(lock, names)))
  await writeFile(PAGE, fieldsDocument(MODULES))
  await writeFile(COMMANDS_PAGE, commandsDocument(COMMANDS))
  await writeFile(ALERTS_PAGE, alertsDocument(ALERTS))
})
