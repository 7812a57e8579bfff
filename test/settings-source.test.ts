import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSettingsSource } from '../src/settings-source.ts'

let dir = ''
let file = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'powerkits-settings-'))
  file = join(dir, '.env')
})
afterEach(() => rmSync(dir, { recursive: true }))

const QUIET = { LOG_LEVEL: 'silent' }

it('lets the environment win over the file, and needs no file', () => {
  const env: NodeJS.ProcessEnv = { ...QUIET, HTTP_PORT: '1234', KITS: '' }
  expect(openSettingsSource(env, file).settle(false).settings.HTTP_PORT).toBe(1234)
  writeFileSync(file, 'HTTP_PORT=99\nPOLL_SECONDS=30\nKITS=M109ZEB4ZE7B0001=Van\n', { mode: 0o600 })
  const source = openSettingsSource(env, file)
  expect(source.settle(false).settings).toMatchObject({ HTTP_PORT: 1234, POLL_SECONDS: 30, KITS: {} })
  expect(env).toMatchObject({ HTTP_PORT: '1234', POLL_SECONDS: '30', KITS: '' })
  expect(source.given).toEqual(['LOG_LEVEL', 'HTTP_PORT', 'KITS'])
})

it('reads the file anew each time, also a setting that was empty before', () => {
  writeFileSync(file, 'ECOFLOW_ACCESS_KEY=\nPOLL_SECONDS=30\n', { mode: 0o600 })
  const source = openSettingsSource({ ...QUIET }, file)
  expect(source.settle(false).settings.POLL_SECONDS).toBe(30)
  writeFileSync(file, 'ECOFLOW_ACCESS_KEY=a-made-up-key\nECOFLOW_SECRET_KEY=another-made-up-key\nPOLL_SECONDS=40\n')
  const { settings, secrets } = source.settle(false)
  expect(settings).toMatchObject({ POLL_SECONDS: 40, ECOFLOW_ACCESS_KEY: 'a-made-up-key' })
  expect(secrets.redact('a-made-up-key')).toBe('[secret]')
})

it('tells of a file with secrets that others can read', () => {
  writeFileSync(file, 'HTTP_TOKEN=a-token-of-sixteen-characters\n', { mode: 0o644 })
  const source = openSettingsSource({ ...QUIET }, file)
  const told: string[] = []
  const { log } = source.settle(false)
  log.warn = ((text: string) => void told.push(text)) as typeof log.warn
  source.tellExposed(log)
  expect(told).toEqual([`Others on this machine can read ${file}, which holds secrets: chmod 600 ${file}`])
})
