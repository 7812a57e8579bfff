import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageOf } from '../../src/alerts/message.ts'
import { testNotice } from '../../src/alerts/notice.ts'
import { postMessage, type Webhook } from '../../src/alerts/webhook.ts'
import { openReceiver, type Receiver } from './receiver.ts'
import { START } from './rows-of.ts'

const notice = testNotice(START, 'Europe/Berlin')
const message = messageOf([notice], 0, START)
let receiver: Receiver

beforeAll(async () => {
  receiver = await openReceiver()
})
afterAll(() => receiver.close())
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer(200, 'ok')
})

const post = (path: string, more: Partial<Webhook> = {}) =>
  postMessage(fetch, { url: `${receiver.url}${path}`, format: 'json', ...more }, message)

describe('a message goes', () => {
  it('as JSON of our own, with its token', async () => {
    expect(await post('/hook?a=1', { token: 'made-up-token' })).toEqual({
      isTaken: true,
      text: 'it answered 200 and said: ok',
    })
    expect(receiver.received).toMatchObject([
      {
        path: '/hook?a=1',
        headers: { authorization: 'Bearer made-up-token', 'content-type': 'application/json' },
        body: {
          source: 'powerkits',
          title: 'The collector: Test of the alerts',
          severity: 'info',
          alerts: [JSON.parse(JSON.stringify(notice))],
        },
      },
    ])
  })

  it('to ntfy at its root, with the topic in the body', async () => {
    await post('/deep/my-topic', { format: 'ntfy' })
    expect(receiver.received).toMatchObject([
      { path: '/deep', body: { topic: 'my-topic', title: message.title, message: message.text, priority: 3 } },
    ])
  })

  it('to Telegram with the chat in the body, and no longer than it takes', async () => {
    const long = { ...message, text: '🔋'.repeat(5000) }
    const url = `${receiver.url}/bot1:made-up/sendMessage?chat_id=-100123`
    await postMessage(fetch, { url, format: 'telegram' }, long)
    expect(receiver.received).toMatchObject([{ path: '/bot1:made-up/sendMessage', body: { chat_id: '-100123' } }])
    expect([...String(receiver.received[0]!.body.text)]).toHaveLength(4096)
  })

  it('with user and password of the address as a header', async () => {
    const url = receiver.url.replace('//', '//me:a%40b@')
    await postMessage(fetch, { url, format: 'json' }, message)
    expect(receiver.received[0]!.headers.authorization).toBe(`Basic ${btoa('me:a@b')}`)
  })
})

describe('what came back is said in words', () => {
  it('when it was refused', async () => {
    receiver.answer(401, '{"error":\n "unauthorized"}')
    expect(await post('/')).toEqual({
      isTaken: false,
      text: 'it answered 401 and said: {"error": "unauthorized"}',
    })
  })

  it('when it leads elsewhere: nothing follows it there', async () => {
    receiver.answer(302, '', { location: `${receiver.url}/else` })
    expect(await post('/')).toEqual({ isTaken: false, text: 'it answered 302 with nothing more' })
    expect(receiver.received).toHaveLength(1)
  })

  it('when nobody is there, without the address', async () => {
    const gone = await openReceiver()
    await gone.close()
    const { isTaken, text } = await postMessage(fetch, { url: `${gone.url}/bot-secret`, format: 'json' }, message)
    expect(isTaken).toBe(false)
    expect(text).toMatch(/^it could not be reached \(connect ECONNREFUSED/)
    expect(text).not.toContain('bot-secret')
  })
})
