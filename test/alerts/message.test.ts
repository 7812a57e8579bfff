import { describe, expect, it } from 'vitest'
import { messageOf } from '../../src/alerts/message.ts'
import { type Notice, noticeOf } from '../../src/alerts/notice.ts'
import type { Change } from '../../src/alerts/standing.ts'
import { alertOf, MINUTE, START, VAN } from './rows-of.ts'

const change = (id: string, more: Partial<Change> = {}, value?: number): Change => ({
  alert: alertOf(id),
  what: 'fired',
  key: `${id} kit ${VAN.kitSn}`,
  standing: { sinceAt: START - 10 * MINUTE, firedAt: START, subject: VAN, ...(value !== undefined && { value }) },
  threshold: 20,
  at: START,
  ...more,
})

const low = noticeOf(change('soc-low-20', {}, 18.34))

describe('a message of one alert', () => {
  it('says what, of which kit, the value with its unit, since when, what it means and what to do', () => {
    expect(messageOf([low], 0, START)).toMatchObject({
      title: 'Van: Battery is low',
      severity: 'warning',
      text:
        'State of charge: 18.34 %, below 20 %; since 1 Jun, 13:50.\n' +
        'The state of charge fell below the second of three marks.\n' +
        'What to do: Switch large loads off, or charge.',
    })
  })

  it('tells of an error in its own words', () => {
    const subject = { ...VAN, says: 'AC panel: Error 5 (code 30005, circuit 2)' }
    const error = change('module-error', { standing: { sinceAt: START, firedAt: START, subject, value: 1 } })
    expect(messageOf([noticeOf(error)], 0, START).text).toMatch(
      /^AC panel: Error 5 \(code 30005, circuit 2\); since 1 Jun, 14:00\.\n/,
    )
  })

  it('of a flag says since when, since its title says the rest', () => {
    const subject = { ...VAN, says: 'it is live' }
    const cold = change('charging-cold', { standing: { sinceAt: START, firedAt: START, subject, value: 1 } })
    expect(noticeOf(cold).text).toBe('since 1 Jun, 14:00')
    const silent = change('kit-silent', { standing: { sinceAt: START, firedAt: START, subject, value: 4 } })
    expect(noticeOf(silent).text).toBe('it is live; since 1 Jun, 14:00')
  })

  it.each([
    ['cleared', 'It began 1 Jun, 13:50 and lasted 10 min.'],
    ['unknown', 'No longer known: no current value says how it stands; it began 1 Jun, 13:50 and lasted 10 min.'],
  ] as const)('that is %s says how long it lasted, and no advice', (what, text) => {
    const over = messageOf([noticeOf(change('soc-low-20', { what }, 24))], 0, START)
    expect(over).toMatchObject({ title: 'Van: over: Battery is low', text, severity: 'info' })
  })

  it('that is late says when it was noticed', () => {
    expect(messageOf([low], 0, START + 60 * MINUTE).text).toContain('(noticed 1 Jun, 14:00)')
    expect(messageOf([low], 0, START + MINUTE).text).not.toContain('noticed')
  })

  it.each([
    ['time-to-empty', 3000, 'time until empty: 50 min, below 20 s'],
    ['over-temperature', 51.5, 'temperature of the hottest cell of all packs: 51.5 °C, above 20 °C'],
    ['inverter-overload', 0.987, 'apparent AC output: 98.7 %, above 2000 %'],
    ['pack-missing', 1, 'packs that should report and do not: 1; since'],
    ['client-ids', 1, 'client ids that the worst-off account may still use today: 1, below 20'],
  ])('of %s has its unit', (id, value, text) => {
    expect(noticeOf(change(id, {}, value)).text).toContain(text)
  })
})

describe('a message of many', () => {
  const storm = Array.from(
    { length: 30 },
    (_, index): Notice => ({ ...low, kit_sn: `kit ${index}`, label: `Van ${index}` }),
  )

  it('is one thing to read, with all of them as data', () => {
    const message = messageOf(storm, 7, START)
    expect(message.title).toBe('30 places: Battery is low')
    expect(message.text.split('\n')).toHaveLength(26)
    expect(message.text).toMatch(/… and 10 more\.\n7 older ones were given up/)
    expect(message.alerts).toHaveLength(30)
  })

  it('has the worst severity of what fires, not of what is over', () => {
    const over = noticeOf(change('soc-low-10', { what: 'cleared' }))
    const message = messageOf([low, over], 0, START)
    expect(message).toMatchObject({ title: 'Van: Battery is low; 1 over', severity: 'warning' })
  })
})

it('the same alert has the same id when it fires and when it is over', () => {
  expect(noticeOf(change('soc-low-20', { what: 'cleared', at: START + MINUTE }))).toMatchObject({
    id: low.id,
    what: 'cleared',
  })
})
