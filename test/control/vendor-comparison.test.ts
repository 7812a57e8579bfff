/** What goes over the wire is what the vendor's document sends, but for the deviations that are told. */
import { expect, test } from 'vitest'
import { commandNamed } from '../../src/catalogue/commands.ts'
import { compareWithVendor } from './vendor-comparison.ts'

const all = compareWithVendor()

test('all 27 are compared over HTTP, and the 26 that the MQTT part has over MQTT', () => {
  expect(all).toHaveLength(27)
  expect(all.filter(({ mqtt }) => mqtt === undefined).map(({ example }) => example.name)).toEqual([
    'dc-input.work-mode',
  ])
})

test.each(all)('$example.name differs in what is told, over both transports, and in nothing else', (compared) => {
  const { example, http, mqtt } = compared
  expect(http.differing).toEqual(example.deviations ?? [])
  expect(mqtt?.differing ?? example.deviations ?? []).toEqual(example.deviations ?? [])
  if (example.deviations) expect(commandNamed(example.name)?.differs).toMatch(/\.$/)
})
