/** Some rules of Grafana over a real influxd; all of them are in `npm run show alert-rules`. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rulesLives } from '../alerts/rule-lives.ts'
import { startInfluxd } from '../servers/influxd.ts'
import { createEngine } from './alert-engine.ts'
import { type FileRule, ruleGroups } from './alert-rules-file.ts'
import { askBoth, isAgreed } from './both-renderings.ts'

const rules = ruleGroups().flatMap((group) => group.rules)
const ruleOf = (id: string): FileRule => rules.find(({ uid }) => uid === `powerkits-${id}`)!

let url = ''
let close: () => Promise<void> = async () => undefined
beforeAll(async () => {
  const influxd = await startInfluxd()
  url = influxd.url
  close = () => influxd.close()
})
afterAll(() => close())

it.each(['kit-silent', 'soc-low-20', 'module-error', 'store-refusing'])(
  '%s: both renderings tell of it once, in the same minute, and of its end',
  async (id) => {
    const { own, grafana } = await askBoth(url, ruleOf(id), rulesLives()[id]!)
    expect([own, grafana, isAgreed(own, grafana)]).toEqual([expect.anything(), expect.anything(), true])
  },
)

it('a kit that is laid up alerts nobody in either', async () => {
  const life = { ...rulesLives()['soc-low-20']!, site: { isLaidUp: true } }
  expect(await askBoth(url, ruleOf('soc-low-20'), life)).toEqual({ own: [], grafana: [] })
})

it('a rule that compares with another number is not taken for the same', async () => {
  const rule = ruleOf('soc-low-20')
  const wrong = JSON.parse(JSON.stringify(rule).replace('"params":[20]', '"params":[10]')) as FileRule
  const { own, grafana } = await askBoth(url, wrong, rulesLives()['soc-low-20']!)
  expect([grafana, isAgreed(own, grafana)]).toEqual([[], false])
})

it('no rows at all: the collector is blind, and of kits nothing is said', async () => {
  const at = Date.UTC(2030, 0, 1)
  const [blind, silent] = [createEngine(url, ruleOf('collector-blind')), createEngine(url, ruleOf('kit-silent'))]
  expect([await blind(at), await blind(at + 60_000), await silent(at)]).toEqual([[], ['fired'], []])
})
