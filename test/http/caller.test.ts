import { afterEach, expect, it } from 'vitest'
import { readTokens } from '../../src/http/tokens.ts'
import { type Served, serve } from './serve.ts'
import { KIT } from './van.ts'

const HTTP_TOKEN = 'a-made-up-token-of-some-length'
const GUEST = 'a-made-up-token-of-a-guest'
const controlTokens = readTokens(`name=guest scope=control kits=${KIT} token=${GUEST}`).tokens

let served: Served
afterEach(() => served.close())

const asked = async (token?: string): Promise<[status: number, body: unknown]> => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const answer = await served.get('/api/v1/caller', headers)
  return [answer.status, await answer.json()]
}

it('tells as whom one asks', async () => {
  served = await serve({ token: HTTP_TOKEN, controlTokens })
  expect(await asked(GUEST)).toEqual([200, { name: 'guest', scope: 'control', kits: [KIT] }])
  expect(await asked(HTTP_TOKEN)).toEqual([200, { name: 'HTTP_TOKEN', scope: 'read', kits: [] }])
  expect(await asked()).toMatchObject([401, { title: 'A token is required' }])
  expect(await asked('some-other-token')).toMatchObject([401, { title: 'The token is not the right one' }])
})

it('knows anybody where no token is needed', async () => {
  served = await serve({ controlTokens })
  expect(await asked()).toEqual([200, { name: 'anybody', scope: 'read', kits: [] }])
})

it('marks simulated kits', async () => {
  served = await serve({ isDemonstration: true })
  expect(await (await served.get('/api/v1/kits')).json()).toMatchObject({ is_demonstration: true })
})
