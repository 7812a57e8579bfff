import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDiagnostics } from '../src/diagnostics.ts'
import { createSecrets } from '../src/redact.ts'

const VAN = 'M109ZAB4Z000001F'

const start = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-'))
  const told: string[] = []
  const clock = { at: Date.UTC(2026, 5, 1) }
  const diagnostics = createDiagnostics({
    dataDir,
    secrets: createSecrets(['a-known-secret']),
    log: { warn: (text: string) => void told.push(text) },
    now: () => clock.at,
  })
  const dir = join(dataDir, 'diagnostics')
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8')
  return { ...diagnostics, dataDir, dir, told, clock, read, names: () => readdirSync(dir).sort() }
}

it('keeps the newest answer of each kind and kit, and tells of each once', async () => {
  const { keepStrange, idle, told, clock, read, names, dir } = start()
  keepStrange('answer', VAN, '<html>one a-known-secret</html>')
  keepStrange('device_list', '', '{"token":"x"}')
  keepStrange('answer', VAN, 'too soon')
  clock.at += 60_000
  keepStrange('answer', VAN, 'the newest')
  await idle()
  expect(names()).toEqual([`answer-${VAN}.txt`, 'device_list.txt'])
  expect(read(`answer-${VAN}.txt`)).toBe(
    '2026-06-01T00:01:00.000Z, 3 since the start; the newest stands here, without secrets.\n\nthe newest\n',
  )
  expect(read('device_list.txt')).toContain('{"token":"[secret]"}')
  expect(told).toHaveLength(2)
  expect(told[0]).toContain(`about kit ${VAN} was not understood (answer)`)
  expect(told[0]).toContain(join(dir, `answer-${VAN}.txt`))
})

it('keeps no secret', async () => {
  const { keepStrange, idle, read } = start()
  keepStrange('answer', '', '<html>one a-known-secret, https://me:hidden@host</html>')
  await idle()
  expect(read('answer.txt')).toContain('<html>one [secret], https://me:[secret]@host</html>')
})

it('is bounded in size and number, also over restarts', async () => {
  const { keepStrange, idle, dir, names, read, clock } = start()
  keepStrange('code', '', 'x'.repeat(1_000_000))
  await idle()
  expect(read('code.txt').length).toBeLessThan(70_000)
  writeFileSync(join(dir, 'of-an-earlier-start.txt'), '')
  for (let i = 0; i < 120; i++) {
    clock.at += 1_000
    keepStrange('answer', `M109ZAB4Z0001${String(i).padStart(3, '0')}`, '?')
  }
  await idle()
  expect(names()).toHaveLength(100)
  expect(names()).not.toContain('of-an-earlier-start.txt')
  expect(names()).toContain('answer-M109ZAB4Z0001119.txt')
})

it('writes nowhere else, whatever a kit or kind is called', async () => {
  const { keepStrange, idle, names } = start()
  keepStrange('../../etc', '../passwd', '?')
  await idle()
  expect(names()).toEqual(['______etc-unknown.txt'])
})

it('throws nothing and goes on when the disk does not take it', async () => {
  const { keepStrange, idle, dataDir, told, clock, dir } = start()
  writeFileSync(dir, 'a file where the directory should be')
  expect(dataDir).not.toBe(dir)
  keepStrange('answer', VAN, '?')
  await idle()
  clock.at += 60_000
  keepStrange('answer', VAN, '?')
  await idle()
  expect(told).toHaveLength(2)
  expect(told[0]).toMatch(/It could not be kept in .* \(EEXIST\)/)
})
