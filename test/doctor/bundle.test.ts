import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { tarGz } from '../../src/doctor/tar.ts'
import { openClinic } from './clinic.ts'

it('writes archives that tar reads', () => {
  const long = 'ü'.repeat(700)
  const bytes = tarGz(
    [
      { name: 'a.txt', text: long },
      { name: 'folder/b.txt', text: '' },
      { name: 'c.txt', text: 'x'.repeat(512) },
    ],
    Date.UTC(2026, 5, 1),
  )
  const run = (...args: string[]): string =>
    execFileSync('tar', args, { input: bytes, env: { ...process.env, TZ: 'UTC' } }).toString()
  expect(run('-tzf', '-').split('\n').slice(0, 3)).toEqual(['a.txt', 'folder/b.txt', 'c.txt'])
  expect(run('-xzOf', '-', 'a.txt')).toBe(long)
  expect(run('-xzOf', '-', 'c.txt')).toBe('x'.repeat(512))
  expect(run('-tvzf', '-')).toContain('2026-06-01 00:00 a.txt')
})

it('bundles what helps, and no secret, whatever the cloud and the settings held', async () => {
  const clinic = await openClinic()
  const { simulator, dataDir } = clinic
  const path = join(dataDir, 'for-the-maintainers.tar.gz')
  const strange = `<html>${simulator.secretKey} https://me:hidden-password@host {"certificatePassword":"${simulator.password}"}</html>`
  mkdirSync(join(dataDir, 'diagnostics'))
  writeFileSync(join(dataDir, 'diagnostics', 'answer.txt'), strange)
  const own = [
    'the-token-of-influx',
    'the-token-of-http-api',
    'the-password-of-north',
    'in-the-address',
    'key-in-the-file',
  ]
  const fleet = `accounts:
 - { name: south, access_key: another-access-key, secret_key: ${own[4]}, url: '${simulator.httpUrl}' }
brokers:
 - { name: north, url: 'mqtt://127.0.0.1:1', username: reader, password: ${own[2]}, topics: ['/open/+/+/quota'] }
`
  const env = { INFLUX_TOKEN: own[0]!, INFLUX_URL: `http://me:${own[3]}@127.0.0.1:1`, HTTP_TOKEN: own[1]! }
  const { lines } = await clinic.look({ env, fleet, bundle: path })
  const text = gunzipSync(readFileSync(path)).toString()
  await clinic.close()
  for (const secret of [
    ...own,
    simulator.accessKey,
    simulator.secretKey,
    simulator.password,
    'hidden-password',
    'another-access-key',
  ]) {
    expect(text, secret).not.toContain(secret)
    expect(text, secret).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''))
    expect(lines.join('\n'), secret).not.toContain(secret)
  }
  for (const shown of [
    'findings.txt',
    'versions.json',
    'settings.json',
    'fleet.json',
    'diagnostics/answer.txt',
    '<html>[secret]',
  ])
    expect(text).toContain(shown)
  expect(text).toContain('"INFLUX_TOKEN": "[secret]"')
  expect(text).toContain('"name": "north"')
  expect(text).toContain('south, keys: ')
  expect(lines.at(-1)).toContain(`Written to ${path}`)
})

it('is for its owner only', async () => {
  const clinic = await openClinic()
  const path = join(clinic.dataDir, 'bundle.tar.gz')
  await clinic.look({ bundle: path })
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readdirSync(clinic.dataDir)).toContain('bundle.tar.gz')
  await clinic.close()
})
