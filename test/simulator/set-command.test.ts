import { describe, expect, it } from 'vitest'
import type { Kit } from '../../src/simulator/kit-model.ts'
import { createKits } from '../../src/simulator/reporter.ts'
import { carryOut, readSetCommand } from '../../src/simulator/set-command.ts'
import { inverterAcFields } from '../../src/simulator/wire-ac.ts'
import { dcOutputFields } from '../../src/simulator/wire-dc.ts'
import { dcPanelFields } from '../../src/simulator/wire-panels.ts'

const AT = Date.UTC(2026, 4, 5, 19)
const BROADCAST = { moduleSn: '0000000000000000', moduleType: 0 }

const newKit = (): Kit => createKits(1, 31, AT)[0]!
const send = (kit: Kit, operateType: string, params: object, to: object = {}) =>
  carryOut(
    kit,
    readSetCommand({ id: 77, version: '1.0', moduleSn: 'M1', moduleType: 15362, ...to, operateType, params })!,
    AT,
  )

describe('set commands', () => {
  it('switch the AC output off and on, and the truth follows', () => {
    const kit = newKit()
    expect(kit.truth().acOutW).toBeGreaterThan(0)
    expect(send(kit, 'dischgIcParaSet', { powerOn: 0, acCurrMaxSet: 255, acChgDisa: 255 })).toMatchObject({
      id: 77,
      moduleSn: 'M1',
      data: { retSta: 0 },
    })
    expect(kit.truth().acOutW).toBe(0)
    expect(inverterAcFields(kit)).toMatchObject({ invSwSta: 0, outWatts: 0, appCfg: { powerOn: 0, acMaxCurrSer: 6 } })
    send(kit, 'dischgIcParaSet', { powerOn: 1 })
    expect(kit.truth().acOutW).toBeGreaterThan(0)
  })

  it('switch the DC output, and single circuits by 128 + n', () => {
    const kit = newKit()
    send(kit, 'chSwitch', { bitsSwSta: 1 })
    expect(dcPanelFields(kit).dcChRelay).toBe(0b111101)
    expect(kit.truth().dcWatts[1]).toBe(0)
    send(kit, 'chSwitch', { bitsSwSta: 128 + 1 })
    expect(dcPanelFields(kit).dcChRelay).toBe(0b111111)
    send(kit, 'dischgParaSet', { swSta: 0 })
    expect(dcOutputFields(kit)).toMatchObject({ dcOutSta: 0, ldOutWatts: 0, ldOutVol: 134 })
  })

  it('take amperes and report milliamperes; 255, 65535 and -1 leave things as they are', () => {
    const kit = newKit()
    const before = { ...kit.settings }
    const leave = { altVoltLmtEn: 255, shakeCtrlDisable: 255, altCableUnit: 255, altCableLen: -1, altVoltLmt: 65_535 }
    send(kit, 'chgParaSet', { chgPause: 1, maxChgCurr: 30, ...leave })
    expect(kit.settings).toEqual({ ...before, chgPause: 1, chgMaxCurrMa: 30_000 })
  })

  it('refuse what is out of range and then change nothing', () => {
    const kit = newKit()
    const before = { ...kit.settings }
    for (const [operateType, params] of [
      ['socUpperLimit', { maxChgSoc: 49 }],
      ['socLowerLimit', { minDsgSoc: 51 }],
      ['dischgIcParaSet', { acCurrMaxSet: 10, powerOn: 2 }],
      ['chSwitch', { bitsSwSta: 6 }],
      ['dsgIcParaSet', { passByModeEn: 3 }],
    ] as const)
      expect(send(kit, operateType, params)).toMatchObject({ data: { retSta: 1 } })
    expect(kit.settings).toEqual(before)
  })

  it('are answered as real kits do: by other modules, under another id', () => {
    const kit = newKit()
    const { plan } = kit
    const packs = plan.packs.map((pack) => pack.sn)
    const limit = send(kit, 'socUpperLimit', { maxChgSoc: 80 }, BROADCAST)!
    expect(packs).toContain(limit.moduleSn)
    expect(limit.moduleType).toBe(15371)
    expect(send(kit, 'getDcAllAlias', { enable: 1 })).toMatchObject({ moduleSn: plan.modules.iclow, moduleType: 15362 })
    const scene = send(kit, 'setScenes', { scenes: 3 }, { moduleType: 15370 })!
    expect(scene).toMatchObject({ moduleSn: plan.wirelessSn, moduleType: 15370 })
    expect(scene.id).not.toBe(77)
    expect(send(kit, 'powerOffGen', { bitsSwSta: 1 }, { moduleType: 6402 })).toMatchObject({ moduleType: 15362 })
    expect(send(kit, 'writeProName', { nameLen: 4, name: 'Vän' })).toMatchObject({ data: { retSta: 0 } })
    expect(send(kit, 'readProName', { enable: 1 })!.data).toEqual({ nameLen: 4, name: 'Vän' })
  })

  it('meet silence when unknown, malformed, or when the kit is off', () => {
    const kit = newKit()
    expect(send(kit, 'toString', {})).toBeUndefined()
    for (const text of [null, 5, [], {}, { operateType: 'powerOff' }, { params: {} }])
      expect(readSetCommand(text)).toBeUndefined()
    send(kit, 'powerOff', { enable: 1 }, BROADCAST)
    expect(send(kit, 'readProName', { enable: 1 })).toBeUndefined()
  })
})
