/** Every secret set, and all that could make a collector say one. */
import { expect, it } from 'vitest'
import { type Harvest, leaksOfCollector, leaksOfCommands } from './leaks.ts'
import { findSecrets } from './secret-search.ts'

const textOf = ({ texts }: Harvest, place: string): string => texts.get(place)?.toString() ?? ''

it('lets no secret out of a collector whose cloud and store fail in every way', async () => {
  const harvest = await leaksOfCollector()
  const places = [...harvest.texts.keys()]
  // What is searched is what there was to say.
  expect(textOf(harvest, 'log')).toContain('no write for Token [secret]')
  expect(places.filter((place) => place.startsWith('data/diagnostics/')).length).toBeGreaterThan(2)
  expect(places.filter((place) => place.startsWith('http/'))).toHaveLength(81)
  expect(Object.keys(harvest.secrets).length).toBeGreaterThan(20)
  expect(findSecrets(harvest.texts, harvest.secrets)).toEqual([])
})

it('lets no secret out of its commands', async () => {
  const harvest = await leaksOfCommands()
  expect(textOf(harvest, 'settings that are none')).toContain('HTTP_TOKEN: got a secret that is not shown')
  const refusals = [...harvest.texts].filter(([place]) => place.startsWith('powerkits.yaml with'))
  expect(refusals.map(([, text]) => text.toString().split('\n')[0])).toEqual(
    refusals.map(() => 'The fleet is not usable:'),
  )
  expect(refusals).toHaveLength(8)
  expect(textOf(harvest, 'powerkits run')).toContain('powerkits')
  expect(textOf(harvest, 'powerkits doctor')).toContain('fail  elsewhere, keys')
  expect([...harvest.texts.keys()]).toContain('bundle.tar.gz')
  expect(findSecrets(harvest.texts, harvest.secrets)).toEqual([])
})
