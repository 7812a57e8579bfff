import { describe, expect, it } from 'vitest'
import { createLine, DCIN, KIT, PACK, rowOf } from './virtual-line.ts'

describe('errors', () => {
  it('are told again each minute while active, with the time since when, and once more when they are gone', () => {
    const line = createLine()
    const risen = rowOf(line.push(5.5, PACK, { errCode: 50_003 }), 'error')!
    expect(risen.tags).toEqual({
      ...{ kit_sn: KIT, module_sn: PACK, circuit: 'all', code: '50003', meaning: 'Battery BP5000: Error 3' },
    })
    expect(risen.at % 1000).toBe(0)
    for (const seconds of [60, 120]) {
      const again = rowOf(line.minute(seconds), 'error')!
      expect(again).toEqual({ ...risen, at: risen.at + (seconds - 5) * 1000 })
    }
    expect(rowOf(line.push(121, PACK, { errCode: 50_000 }), 'error')).toMatchObject({
      tags: risen.tags,
      fields: { is_active: 0, since_ms: risen.fields.since_ms },
    })
    expect(rowOf(line.minute(180), 'error')).toBeUndefined()
  })

  it('of two fields that show one code are two series', () => {
    const rows = createLine()
      .push(0, PACK, { bmsFault: 1, ptcMosErr: 1 })
      .filter(({ measurement }) => measurement === 'error')
    expect(rows.map(({ tags }) => tags.code)).toEqual(['1', '1'])
    expect(new Set(rows.map(({ tags }) => tags.meaning)).size).toBe(2)
  })

  it('count in the rows of the kit and the module, and rank the kit', () => {
    const line = createLine()
    line.push(0, DCIN, { errCode: 10_001 })
    const minute = line.minute(60)
    expect(rowOf(minute, 'kit')!.fields).toMatchObject({ error_count: 1, verdict: 'quiet', trouble_code: 30 })
    expect(rowOf(minute, 'module')!.fields).toMatchObject({ error_count: 1, kind: 'bbcin' })
  })
})
