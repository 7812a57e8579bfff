/** Shows that a full record of a kit reaches an empty store with every module, in the right units. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../src/store/embedded/embedded.ts'

export const title = 'a full record replayed into an empty store: every module lands, in the right units'

const RECORD = 'test/captures/full-record-charging/message.json'

/** Measurement, field, what must be stored, and what the wire said. */
const EXPECTED = [
  ['solar_charger', 'battery_power_w', 90.527, 'batWatts 90527, milliwatts whatever the document says'],
  ['solar_input', 'power_w', 90, 'pv1InWatts 90'],
  ['battery', 'current_a', 9.08, 'amp 9080, positive while charging'],
  ['battery', 'charge_state', 'charging', 'chgState 2'],
  ['battery', 'error_code', 0, 'errCode 50000: none'],
  ['battery', 'to_full_s', 5520, 'remainTime 92 minutes, while charging'],
  ['battery_bank', 'current_a', 9.1, 'totalAmp 91, tenths'],
  ['battery_bank', 'capacity_full_ah', 99, 'totalFullCap 99'],
  ['inverter_dc', 'bus_voltage_v', 389.313, 'busVol 389313'],
  ['inverter_ac', 'output_power_w', 113, 'outWatts 113'],
  ['dc_input', 'power_w', 684, 'dcInWatts 684'],
  ['dc_output', 'voltage_v', 13.612, 'ldOutVol 13612'],
  ['hub', 'scene_code', 1, 'wireless.scenes 1'],
  ['module', 'firmware', '1.0.2.9', 'a module that is only listed'],
] as const

export const run = async (): Promise<boolean> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-replay-'))
  execFileSync(process.execPath, ['bin/powerkits.cjs', 'replay', RECORD], {
    env: { ...process.env, DATA_DIR: dataDir },
  })
  const dir = join(dataDir, 'store')
  const store = await openEmbedded({ dir, memoryLimit: '256MB', threads: 2, timeoutMs: 30_000, now: Date.now })
  let wrong = 0
  for (const [measurement, field, expected, wire] of EXPECTED) {
    const rows = await store.rows({ bucket: 'raw', measurement, fields: [field], from: 0, to: 4e12 })
    const found = rows.map(({ values }) => values[field]).filter((value) => value !== undefined)
    const isRight = found.includes(expected)
    if (!isRight) wrong++
    const name = `${measurement} ${field}`
    console.log(
      `${isRight ? 'ok   ' : 'WRONG'} ${name.padEnd(32)} ${String(expected).padEnd(10)} ${wire}${isRight ? '' : `; stored: ${found}`}`,
    )
  }
  await store.close()
  rmSync(dataDir, { recursive: true })
  return wrong === 0
}
