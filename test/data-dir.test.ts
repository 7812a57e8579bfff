import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeDataDir } from '../src/data-dir.ts'

const newDir = (): string => mkdtempSync(join(tmpdir(), 'powerkits-dir-'))

it('makes the directory and all above it, and takes one that is there', async () => {
  const dir = join(newDir(), 'a', 'b', 'c')
  await makeDataDir(dir)
  await makeDataDir(dir)
  expect(statSync(dir).isDirectory()).toBe(true)
  if (process.platform !== 'win32') expect(statSync(dir).mode & 0o777).toBe(0o700)
})

it('says which directory cannot be made, and does not try for ever', async () => {
  const file = join(newDir(), 'file')
  writeFileSync(file, '')
  for (const dir of [file, join(file, 'below'), '/proc/nowhere/below'])
    await expect(makeDataDir(dir)).rejects.toMatchObject({ code: 'data_dir_unusable' })
})
