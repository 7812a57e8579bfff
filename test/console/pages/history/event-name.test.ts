import { expect, test } from 'vitest'
import { messageIn, textIn } from '../../../../src/console/language.ts'
import { eventDetails, eventName } from '../../../../src/console/pages/history/event-name.ts'
import { EVENTS } from '../../../../src/track/events.ts'

const german = {
  t: (key: Parameters<typeof messageIn>[1]) => messageIn('de', key),
  said: (text: string) => textIn('de', text),
}

const event = (kind: string, details = '') => ({ start_ms: 0, module_sn: 'all', kind, text: 'in English', details })

test('every kind of event has a name of its own', () => {
  expect(Object.keys(EVENTS).filter((kind) => eventName(event(kind), german) === 'in English')).toEqual([])
})

test.each([
  ['verdict_changed', 'live to silent', 'live → stumm'],
  ['firmware_changed', '1.0.4 to 1.1.0', '1.0.4 → 1.1.0'],
  ['restarted', 'uptime 12 s', 'läuft seit 12 s'],
  ['module_joined', 'DC panel', 'DC-Verteiler'],
  [
    'site_changed',
    'name from nothing to Seebär, time_zone from Europe/Berlin to Europe/Rome',
    'Name: nichts → Seebär, time_zone: Europe/Berlin → Europe/Rome',
  ],
  ['alert_fired', 'Battery is low: state of charge: 18 %', 'Ladestand niedrig: state of charge: 18 %'],
])('%s says what changed: %s', (kind, details, words) => {
  expect(eventDetails(event(kind, details), german)).toBe(words)
})
