import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { collectedSettings, demonstrationSettings } from '../src/demonstration.ts'

it('is looked at where nothing else was ever collected, and never among real values', () => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-demonstration-'))
  const settings = readSettings({ DATA_DIR: dir })
  expect(demonstrationSettings(settings)).toMatchObject({
    DATA_DIR: join(dir, 'demo'),
    INFLUX_BUCKET: 'powerkits_demo',
    INFLUX_HISTORY_BUCKET: 'powerkits_history_demo',
  })
  expect(collectedSettings(settings)).toBe(settings)
  mkdirSync(join(dir, 'demo', 'spool'), { recursive: true })
  expect(collectedSettings(settings).DATA_DIR).toBe(join(dir, 'demo'))
  mkdirSync(join(dir, 'spool'))
  expect(collectedSettings(settings)).toBe(settings)
  rmSync(dir, { recursive: true })
})
