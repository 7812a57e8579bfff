import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { clientIdOf } from '../../src/cloud/client-id.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'powerkits-id-'))

it('an id that a directory has stays in use', async () => {
  const dir = folder()
  writeFileSync(join(dir, 'mqtt-client-id'), 'powerkits-0123456789abcdef\n')
  expect(await clientIdOf(dir)).toBe('powerkits-0123456789abcdef')
})

it.each(['', 'short', 'with spaces in it', 'x'.repeat(65)])(
  'is made and kept where the file holds %j',
  async (text) => {
    const dir = join(folder(), 'new')
    const made = await clientIdOf(dir)
    writeFileSync(join(dir, 'mqtt-client-id'), text)
    const again = await clientIdOf(dir)
    expect(again).not.toBe(made)
    expect(await clientIdOf(dir)).toBe(again)
    expect(readFileSync(join(dir, 'mqtt-client-id'), 'utf8').trim()).toBe(again)
    expect(statSync(join(dir, 'mqtt-client-id')).mode & 0o777).toBe(0o600)
  },
)
