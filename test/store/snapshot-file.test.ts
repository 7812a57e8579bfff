import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { nodeFiles } from '../../src/store/files.ts'
import { openSnapshots } from '../../src/store/snapshot-file.ts'

const open = (dir: string, damaged: string[] = []) =>
  openSnapshots({
    files: nodeFiles,
    dir,
    spoolId: '0bf14f78951fb4f42cc8554b0e1aa0f3',
    recordDays: 30,
    now: () => Date.UTC(2026, 6, 1),
    onDamaged: (path) => damaged.push(path),
  })

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

it.each([
  ['one piece', ['abc']],
  ['two pieces', ['abc', 'def']],
  ['an empty piece behind others', ['abc', '']],
  ['empty pieces before and between others', ['', 'abc', '', 'def']],
])('a snapshot of %s is whole when it is read again', async (_, pieces) => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-snapshots-'))
  await (await open(dir)).save(7, pieces.map(bytes))
  const damaged: string[] = []
  const snapshot = await (await open(dir, damaged)).load()
  expect(damaged).toEqual([])
  expect(snapshot?.seq).toBe(7)
  expect(new TextDecoder().decode(snapshot?.bytes)).toBe(pieces.join(''))
})
