import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CollectorError } from '../../src/errors.ts'
import { lockDataDir } from '../../src/lock.ts'
import type { CheckedKeys, SetupRefusal } from '../../src/setup/contract.ts'
import { CODE, type Counter, openCounter } from './counter.ts'

let counter: Counter
beforeEach(async () => {
  counter = await openCounter()
})
afterEach(() => counter.close())

const checked = (answer: CheckedKeys | SetupRefusal): CheckedKeys => {
  expect(answer).not.toHaveProperty('refused')
  return answer as CheckedKeys
}

const states = ({ findings }: CheckedKeys): string[] => findings.map(({ state, what }) => `${state} ${what}`)

it('finds keys good, names the kits, and writes nothing', async () => {
  const { kits, ...rest } = checked(await counter.open().check(CODE, counter.keys))
  const [one, other] = counter.simulator.kitSns
  expect(Object.keys(kits!)).toEqual([one, other])
  expect(states({ ...rest, kits })).toEqual([
    'pass main, DNS',
    'pass main, keys',
    'pass main, region',
    expect.stringContaining(`pass main, kit ${one} “Van`),
    expect.stringContaining(`pass main, kit ${other} “Van`),
    'pass main, client id',
    'pass main, broker',
    'pass main, subscriptions',
    'pass clock',
  ])
  expect(existsSync(counter.file)).toBe(false)
  expect(counter.saved).toEqual([])
})

it('saves good keys for their owner alone, beside what stands there', async () => {
  writeFileSync(counter.file, '# mine\nLOG_LEVEL=warn\nECOFLOW_REGION=us\n', { mode: 0o644 })
  const setup = counter.open()
  expect(await setup.save(CODE, counter.keys)).toMatchObject({ isSaved: true })
  const text = readFileSync(counter.file, 'utf8')
  const { accessKey, secretKey } = counter.keys
  expect(text).toBe(
    `# mine\nLOG_LEVEL=warn\nECOFLOW_REGION=auto\nECOFLOW_ACCESS_KEY=${accessKey}\nECOFLOW_SECRET_KEY=${secretKey}\n`,
  )
  expect(statSync(counter.file).mode & 0o777).toBe(0o600)
  expect(readdirSync(counter.dir).filter((name) => name.startsWith('.env'))).toEqual(['.env'])
  expect(counter.saved).toHaveLength(1)
  expect(await setup.status()).toMatchObject({ isSaved: true, problem: '' })
  expect(await setup.save(CODE, counter.keys)).toMatchObject({ refused: 'busy' })
})

it('saves into the file that a link names', async () => {
  const place = join(counter.dir, 'elsewhere')
  writeFileSync(place, 'A=1\n')
  symlinkSync(place, counter.file)
  expect(await counter.open().save(CODE, counter.keys)).toMatchObject({ isSaved: true })
  expect(parseEnv(readFileSync(place, 'utf8'))).toMatchObject({ A: '1', ECOFLOW_REGION: 'auto' })
})

it('saves nothing that the cloud does not take, and tells no key', async () => {
  const setup = counter.open()
  const wrong = { ...counter.keys, secretKey: 'SkMadeUpForTests9876543210' }
  const answer = await setup.save(CODE, wrong)
  expect(answer).toMatchObject({ isSaved: false, kits: undefined })
  expect(states(checked(answer))).toContain('fail main, keys')
  const stranger = await setup.save(CODE, { ...wrong, accessKey: 'AkMadeUpForTests0123456789' })
  expect(JSON.stringify([answer, stranger])).not.toMatch(/MadeUpForTests/)
  expect(JSON.stringify(answer)).not.toContain(counter.keys.accessKey)
  expect(existsSync(counter.file)).toBe(false)
})

it('takes keys although a kit is not permitted or the broker refuses: that is told', async () => {
  const { faults, kitSns } = counter.simulator
  faults.http(kitSns[0]!, { kind: 'code', code: '1006' })
  faults.lockOut('account-1')
  const answer = await counter.open().save(CODE, counter.keys)
  expect(answer).toMatchObject({ isSaved: true })
  expect(states(checked(answer))).toEqual(
    expect.arrayContaining(['fail main, broker', expect.stringMatching(`fail main, kit ${kitSns[0]}`)]),
  )
})

it('asks nobody for a wrong code, nor for any after ten', async () => {
  const setup = counter.open()
  counter.simulator.faults.unreachable('http')
  for (let time = 0; time < 9; time++)
    expect(await setup.check('AAAA-AAAA', counter.keys)).toMatchObject({ refused: 'code_wrong' })
  expect(await setup.save('AAAA-AAAA', counter.keys)).toMatchObject({ refused: 'code_spent' })
  expect(await setup.save(CODE, counter.keys)).toMatchObject({
    refused: 'code_spent',
    text: expect.stringContaining('start it again'),
  })
  expect(await setup.status()).toMatchObject({ triesLeft: 0, isSaved: false })
})

it('looks at one pair of keys at a time', async () => {
  const setup = counter.open()
  const answers = await Promise.all([setup.check(CODE, counter.keys), setup.save(CODE, counter.keys)])
  expect(answers[0]).toHaveProperty('findings')
  expect(answers[1]).toMatchObject({ refused: 'busy' })
})

it('says where to put keys that the environment decides, and those of several collectors', async () => {
  const byEnvironment = counter.open({ given: ['PATH', 'ECOFLOW_ACCESS_KEY', 'ECOFLOW_URL'] })
  expect(await byEnvironment.save(CODE, counter.keys)).toMatchObject({
    refused: 'elsewhere',
    text: expect.stringMatching(/environment of this collector sets ECOFLOW_ACCESS_KEY, .*docker compose up -d/),
  })
  const shared = counter.open({}, { SHARD: '2/3' })
  expect((await shared.status()).elsewhere).toContain('collector 2 of 3 (SHARD)')
  expect(await shared.check(CODE, counter.keys)).toHaveProperty('findings')
})

it('says where to put keys when the file cannot be written', async () => {
  mkdirSync(counter.file)
  const setup = counter.open()
  expect(await setup.save(CODE, counter.keys)).toMatchObject({
    refused: 'elsewhere',
    text: expect.stringMatching(/\.env .*cannot be written \(EISDIR\)\. Put ECOFLOW_ACCESS_KEY=… and/),
  })
  const nowhere = counter.open({ file: join(counter.dir, 'no', 'folder', '.env') })
  expect((await nowhere.status()).elsewhere).toContain('(ENOENT)')
  expect(counter.saved).toEqual([])
})

it('puts the file back when its settings do not settle', async () => {
  const settleAnew = (): never => {
    throw new CollectorError('config_invalid', 'The settings are not usable.')
  }
  const setup = counter.open({ settleAnew })
  expect(await setup.save(CODE, counter.keys)).toMatchObject({ refused: 'failed' })
  expect(existsSync(counter.file)).toBe(false)
  writeFileSync(counter.file, 'A=1\n')
  expect(await setup.save(CODE, counter.keys)).toMatchObject({ refused: 'failed' })
  expect(readFileSync(counter.file, 'utf8')).toBe('A=1\n')
  expect(await setup.status()).toMatchObject({ isSaved: false })
})

it('leaves the directory of another collector alone', async () => {
  const dataDir = join(counter.dir, 'data')
  mkdirSync(dataDir)
  const unlock = await lockDataDir(dataDir)
  const answer = await counter.open().check(CODE, counter.keys)
  expect(answer).toMatchObject({
    refused: 'failed',
    text: expect.stringMatching(/Another collector runs in .*DATA_DIR/),
  })
  await unlock()
  expect(await counter.open().check(CODE, counter.keys)).toHaveProperty('findings')
})

it('is open again when collecting did not start', async () => {
  const setup = counter.open()
  await setup.save(CODE, counter.keys)
  setup.failed('The disk is gone.')
  expect(await setup.status()).toMatchObject({ isSaved: false, problem: 'The disk is gone.' })
  expect(await setup.save(CODE, counter.keys)).toMatchObject({ isSaved: true })
  expect((await setup.status()).problem).toBe('')
})
