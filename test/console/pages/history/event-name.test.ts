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

test('a module that was only listed is not said to have reported', () => {
  expect(eventName(event('module_joined', 'listed'), german)).toMatch(/erstmals in der Liste/)
  expect(eventName(event('module_joined', 'DC panel'), german)).toBe('Neues Modul')
})

test.each([
  ['verdict_changed', 'live to silent', 'live → stumm'],
  ['firmware_changed', '1.0.4 to 1.1.0', '1.0.4 → 1.1.0'],
  ['restarted', 'uptime 12 s', 'läuft seit 12 s'],
  ['module_joined', 'DC panel', 'DC-Verteiler'],
  ['module_joined', 'listed', ''],
  [
    'site_changed',
    'label from Boot, alt to Weg to Kiel, group from nothing to Charter, is_laid_up from 0 to 1, new_w from 1 to 2',
    'Name: Boot, alt → Weg to Kiel, Gruppe: nichts → Charter, eingelagert: nein → ja, new_w: 1 → 2',
  ],
  ['alert_fired', 'Battery is low: state of charge: 18 %', 'Ladestand niedrig: state of charge: 18 %'],
])('%s says what changed: %s', (kind, details, words) => {
  expect(eventDetails(event(kind, details), german)).toBe(words)
})
