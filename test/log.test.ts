/** A real process, since the log writes straight to standard error. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

const logged = (format: string): string =>
  spawnSync(process.execPath, [join(ROOT, 'dist-dev/test/log-child.js'), format], { encoding: 'utf8' }).stderr

it.each(['json', 'text'])('lets no secret out as %s, and everything else', (format) => {
  const text = logged(format)
  for (const secret of ['known-at-the-start', 'learnt', 'by-its-name', 'in-an-address'])
    expect(text).not.toContain(secret)
  expect(text).toContain('with [secret] in it')
  expect(text).toContain('because of [secret]')
  expect(text).toContain('mqtts://me:[secret]@host')
})

it('stays JSON', () => {
  const lines = logged('json').trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'with [secret] in it',
    'a "[secret]" one',
    'failed',
  ])
})
