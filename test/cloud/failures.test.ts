import { describe, expect, it } from 'vitest'
import { type Call, explainFailure } from '../../src/cloud/explain-failure.ts'
import { FAILURES, type FailureKind, kindOfCode } from '../../src/cloud/failures.ts'

const KINDS = Object.keys(FAILURES) as FailureKind[]
const CALLS: Call[] = ['certification', 'device_list', 'quota_all', 'quotas', 'set']
const KIT = 'M109ZEB4ZE7B0963'

describe('the table of failures', () => {
  it('knows each code that users of the API have met', () => {
    const kinds = [8521, 8513, 8512, 1006, 1008, 1000, 6012, 6042, 7015, 7005, 401].map((code) =>
      kindOfCode(String(code)),
    )
    expect(kinds).toEqual([
      'signature',
      'wrong_key',
      'no_permission',
      'not_allowed',
      'offline_or_refused',
      'server_error',
      'offline',
      'not_signed_in',
      'not_signed_in',
      'not_signed_in',
      'not_signed_in',
    ])
    expect(kindOfCode('9999')).toBe('unknown')
    expect(kindOfCode('constructor')).toBe('unknown')
  })

  it('has each code once', () => {
    const codes = KINDS.flatMap((kind) => [...FAILURES[kind].codes])
    expect(new Set(codes).size).toBe(codes.length)
  })

  it.each(KINDS)('%s: says what happened, to whom, what becomes of the data, what to do', (kind) => {
    for (const call of CALLS)
      for (const kitSn of ['', KIT]) {
        const about = { call, account: 'van', kitSn, host: 'api-e.ecoflow.com' }
        const { text } = explainFailure(kind, about, { code: '77', detail: 'words', traceId: 'ea1a2b3c' })
        expect(text).toContain(kitSn === '' ? 'Account “van”' : `Kit ${KIT} of account “van”`)
        expect(text).toContain('at api-e.ecoflow.com')
        expect(text).toContain(`${FAILURES[kind].is} (code 77, words). `)
        expect(text).toMatch(
          call === 'set' ? /[Tt]he command was (not )?carried out/ : /Nothing recorded is lost; .*`gap`/,
        )
        expect(text).toContain(FAILURES[kind].help)
        expect(text).toMatch(/trace id is ea1a2b3c\.$/)
      }
  })

  it.each(KINDS)('%s: reads well', (kind) => {
    const { is, help } = FAILURES[kind]
    expect(is).toMatch(/^[a-z].*[^.]$/)
    expect(help).toMatch(/^[A-Z].*\.$/)
  })
})

describe('a failure as a person reads it', () => {
  const about = { call: 'quota_all', account: 'van', kitSn: KIT, host: 'api-e.ecoflow.com' } as const

  it('is one plain sentence after another', () => {
    expect(explainFailure('no_permission', about, { code: '8512' }).text).toBe(
      `Kit ${KIT} of account “van”, asked for its values at api-e.ecoflow.com: the keys have no permission for this kit ` +
        '(code 8512). Nothing recorded is lost; what this kit pushes by MQTT is still recorded, what is missed is a row ' +
        'of `gap`, and other kits are not concerned. Use keys of the account the kit is bound to (shared kits do not ' +
        'count), and check its serial number.',
    )
  })

  it('speaks of a set command by what can have become of it', () => {
    const set = { ...about, call: 'set' } as const
    expect(explainFailure('offline_or_refused', set).text).toContain('The command was not carried out.')
    expect(explainFailure('untrusted', set).text).toContain('The command was not carried out.')
    for (const kind of ['timed_out', 'unreachable', 'not_understood', 'server_error', 'unknown'] as const)
      expect(explainFailure(kind, set).text).toContain('is not known: read the setting back')
  })

  it('holds what comes from outside short and on one line', () => {
    const { text, code } = explainFailure('unknown', about, {
      code: '1'.repeat(500),
      detail: `a\n\u001b[31m${'b'.repeat(5000)}`,
    })
    expect(text.length).toBeLessThan(900)
    expect(text).not.toMatch(/[\p{Cc}]/u)
    expect(code.length).toBeLessThan(25)
  })
})
