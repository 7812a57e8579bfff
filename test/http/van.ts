/** A made-up kit whose reports went through the line, for tests of what is known now. */

import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { runLine } from '../../src/pipeline.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack, type Track } from '../../src/track/track.ts'

export const KIT = 'M109ZEB4ZE7B0001'
export const DC_OUTPUT = 'M1093-DCOU-0A1B2'
export const PACK = 'M101Z3B4ZE7D0101'
export const PANEL = 'M10E1-LDAC-0C3D4'
export const CONSOLE = 'M106Z1B4ZE9P0101'

/** 2026-06-01T10:00:00Z */
export const START = 1_780_308_000_000

export const createEmpty = (): Track => createTrack(createState(), createCatalogue(MODULES), createCounters())

const bytes = (message: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(message))

/** The module pushes these fields at `at`. */
export const push = (track: Track, kit: string, moduleSn: string, params: object, at: number): void => {
  runLine(track, { at, source: 'mqtt', topic: `/open/account/${kit}/quota`, bytes: bytes({ moduleSn, params }) })
}

/** The cloud answers a poll with this snapshot at `at`. */
const poll = (track: Track, kit: string, modules: object, at: number): void => {
  const topic = `/iot-open/sign/device/quota/all?sn=${kit}`
  runLine(track, { at, source: 'http', topic, bytes: bytes({ code: '0', data: modules }) })
}

/** A van with a pack, a DC output and an AC panel, all heard at START; the output reported again 10 s later. */
export const createVan = (): Track => {
  const track = createEmpty()
  const fleet = { [KIT]: 'Van', M109ZEB4ZE7B0002: '' }
  runLine(track, { at: START, source: 'tick', topic: 'fleet', bytes: bytes(fleet) })
  const list = [
    { moduleSn: DC_OUTPUT, moduleDetail: '3', moduleVersion: '2.1.0.9', loaderVersion: '1.0.0.3' },
    { moduleSn: CONSOLE, moduleDetail: '13', moduleVersion: '1.0.2.9' },
  ]
  push(track, KIT, DC_OUTPUT, { ldOutVol: 13_615, ldOutCurr: 878, batVol: 54_153, workMode: 2 }, START)
  push(track, KIT, PANEL, { acInVol: 230_100, acChWatt: [11, 0, 0, 0, 0, 0] }, START)
  push(track, KIT, PACK, { chgState: 2, temp: 21, vol: 53_400, amp: 9_080 }, START)
  poll(track, KIT, { onLineModuleSnList: list, bp5000: { [PACK]: { soc: 87, chgState: 2, errCode: 50_000 } } }, START)
  push(track, KIT, DC_OUTPUT, { ldOutVol: 13_600 }, START + 10_000)
  return track
}
