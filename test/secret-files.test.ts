import { expect, it } from 'vitest'
import { watchSecretFiles } from '../src/secret-files.ts'

const FILES: Readonly<Record<string, readonly [text: string, mode: number]>> = {
  'powerkits.yaml': ['accounts:\n - name: a\n   access_key: x\n', 0o644],
  'of-group.yaml': ['brokers:\n - { name: a, password: x }\n', 0o640],
  'closed.yaml': ['accounts:\n - access_key: x\n', 0o600],
  'harmless.yaml': ['accounts:\n - name: a\n   access_key_file: /run/secrets/a\n#   secret_key: x\n', 0o644],
  '.env': ['#INFLUX_TOKEN=x\nLOG_LEVEL=info\n', 0o644],
  'other/.env': ['INFLUX_TOKEN=x\n', 0o604],
  '/etc/powerkits/token': ['x', 0o644],
  '/run/secrets/token': ['x', 0o444],
}

it('finds files with secrets that others can read, and no other', () => {
  const { readText, exposed } = watchSecretFiles(
    (path) => FILES[path]![0],
    (path) => FILES[path]![1],
  )
  for (const [path, [text]] of Object.entries(FILES)) expect(readText(path)).toBe(text)
  expect(exposed()).toEqual(['powerkits.yaml', 'of-group.yaml', 'other/.env', '/etc/powerkits/token'])
})

it('says nothing where files have no mode', () => {
  const { readText, exposed } = watchSecretFiles(
    () => 'x',
    () => undefined,
  )
  readText('token')
  expect(exposed()).toEqual([])
})
