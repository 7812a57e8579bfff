import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import type { Setting } from '../../src/setting-kinds.ts'
import { SETTINGS } from '../../src/settings.ts'

const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n')
const shown = lines.flatMap((line) => {
  const [, name, value] = line.match(/^#([A-Z0-9_]+)=(.*)$/) ?? []
  return name === undefined ? [] : [[name, value ?? ''] as const]
})

it('.env.example lists every setting once, and no other', () => {
  expect(shown.map(([name]) => name).sort()).toEqual(Object.keys(SETTINGS).sort())
})

it('.env.example shows the defaults that hold', () => {
  const defaults = readSettings({})
  expect(readSettings(Object.fromEntries(shown))).toEqual(defaults)
  for (const [name, value] of shown) {
    const preset = defaults[name as keyof typeof SETTINGS]
    const setting: Setting = SETTINGS[name as keyof typeof SETTINGS]
    const isUnset =
      setting.ofMachine === true || preset === undefined || (typeof preset === 'object' && !Array.isArray(preset))
    expect(value, name).toBe(isUnset ? '' : String(preset))
  }
})
