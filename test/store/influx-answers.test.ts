import { afterEach, describe, expect, it } from 'vitest'
import { type InfluxOptions, openInflux } from '../../src/store/influx.ts'
import { type Script, startScripted } from './scripted-influx.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const TOKEN = 'made-up-token'

const openScripted = async (script: Script, options: Partial<InfluxOptions> = {}) => {
  const server = await startScripted(script)
  const logged: string[] = []
  const store = openInflux({
    url: server.url,
    token: TOKEN,
    org: 'my org',
    api: 'v2',
    buckets: { raw: 'powerkits', history: 'powerkits_history' },
    timeoutMs: 300,
    log: { debug: (_, message) => logged.push(message) },
    ...options,
  })
  closing.push(() => store.close(), server.close)
  const write = (lines: readonly string[]) => store.write({ bucket: 'raw', lines, spoolId: 's', upTo: 1 })
  return { store, write, asked: server.asked, logged, url: server.url }
}

const LINES = Array.from(
  { length: 100 },
  (_, index) => `battery,kit_sn=M109ZAB4C000001 soc_pct=${index} ${1000 + index}\n`,
)
const GUILTY = [LINES[3]!, LINES[4]!, LINES[77]!]
const isGuilty = (line: string): boolean => GUILTY.includes(`${line}\n`)

/** A server that stores the good lines of every request, as InfluxDB does, and complains in `say`'s words. */
const partial = (status: number, say: (guilty: readonly string[], all: readonly string[]) => unknown) => {
  const stored = new Set<string>()
  const script: Script = ({ lines }) => {
    const guilty = lines.filter(isGuilty)
    for (const line of lines) if (!isGuilty(line)) stored.add(line)
    return guilty.length === 0 ? { status: 204 } : { status, body: say(guilty, lines) }
  }
  return { stored, script }
}

describe('an accepted write', () => {
  it('goes to the v2 address as one request with the token', async () => {
    const { write, asked } = await openScripted(() => ({ status: 204 }))
    expect(await write(LINES)).toEqual({ answer: 'accepted' })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ authorization: `Token ${TOKEN}`, body: LINES.join('').trimEnd() })
    expect(asked[0]?.path).toBe('/api/v2/write?org=my%20org&bucket=powerkits&precision=ms')
  })

  it('goes to the v1 address with user and password, also when they stand in the URL', async () => {
    const options = { api: 'v1', token: '', username: 'me', password: 'p:w' } as const
    const { write, asked, url } = await openScripted(() => ({ status: 204 }), options)
    await write(LINES)
    const inUrl = await openScripted(() => ({ status: 204 }), {
      ...options,
      username: '',
      url: url.replace('//', '//me:p%3Aw@'),
    })
    await inUrl.write(LINES)
    const basic = `Basic ${Buffer.from('me:p:w').toString('base64')}`
    expect(asked.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/write?db=powerkits&precision=ms', basic],
      ['/write?db=powerkits&precision=ms', basic],
    ])
  })

  it('sends nothing for a batch without lines', async () => {
    const { write, asked } = await openScripted(() => ({ status: 500 }))
    expect(await write([])).toEqual({ answer: 'accepted' })
    expect(asked).toEqual([])
  })
})

describe('guilty lines', () => {
  const conflict =
    'partial write: field type conflict: input field "soc_pct" on measurement "battery" is type float, already exists as type string'

  it.each([
    [
      'quoted by 1.x',
      400,
      (guilty: readonly string[]) => ({
        error: `partial write: ${guilty.map((line) => `unable to parse '${line}': bad`).join('\n')} dropped=0`,
      }),
      2,
    ],
    [
      'quoted by 2.x',
      400,
      (guilty: readonly string[]) => ({
        code: 'invalid',
        message: guilty.map((line) => `unable to parse '${line}': bad`).join('\n'),
      }),
      2,
    ],
    [
      'numbered by 3.x',
      400,
      (guilty: readonly string[], all: readonly string[]) => ({
        error: 'partial write of line protocol occurred',
        data: guilty.map((line) => ({ line_number: all.indexOf(line) + 1, error_message: 'bad', original_line: line })),
      }),
      2,
    ],
    [
      'not named',
      422,
      () => ({ code: 'unprocessable entity', message: 'partial write: points beyond retention policy dropped=1' }),
      40,
    ],
    ['not named, in words unheard of', 400, () => 'I will not have that', 40],
  ] as const)('%s (%i) are rejected, the rest is stored', async (_, status, say, requestsMax) => {
    const { stored, script } = partial(status, say)
    const { write, asked } = await openScripted(script)
    const answer = await write(LINES)
    expect(answer).toMatchObject({ answer: 'rejected' })
    const rejected = answer.answer === 'rejected' ? answer.lines : []
    expect(rejected.map(({ line }) => line).sort()).toEqual([...GUILTY].sort())
    for (const { reason } of rejected) expect(reason).toMatch(/bad|retention|I will not/)
    expect(stored.size).toBe(97)
    expect(asked.length).toBeLessThanOrEqual(requestsMax)
  })

  it('of a type conflict are found by field and type, in two requests', async () => {
    const texts = ['battery,kit_sn=1 soc_pct="high" 5\n', 'battery,kit_sn=1 soc_pct="low",other=1 6\n']
    const script: Script = ({ lines }) =>
      lines.some((line) => !line.includes('"'))
        ? { status: 422, body: { message: `${conflict} dropped=100` } }
        : { status: 204 }
    const { write, asked } = await openScripted(script)
    const answer = await write([...LINES, ...texts])
    expect(answer.answer === 'rejected' && answer.lines.map(({ line }) => line)).toEqual(LINES)
    expect(asked).toHaveLength(2)
  })

  it('are all of them when the server dropped as many as were sent', async () => {
    const body = { error: 'partial write: points beyond retention policy dropped=100' }
    const { write, asked } = await openScripted(() => ({ status: 400, body }))
    const answer = await write(LINES)
    expect(answer.answer === 'rejected' && answer.lines.map(({ line }) => line)).toEqual(LINES)
    expect(asked).toHaveLength(1)
  })

  it('are none when the server refuses everything in words that speak of no line', async () => {
    const body = '<html>The plain HTTP request was sent to HTTPS port</html>'
    const { write, asked } = await openScripted(() => ({ status: 400, body }))
    expect(await write(LINES)).toMatchObject({ answer: 'kept', error: { code: 'store_refuses' } })
    expect(await write(LINES.slice(0, 2))).toMatchObject({ answer: 'kept', error: { code: 'store_refuses' } })
    expect(asked.length).toBeLessThan(30)
  })

  it('are not certain when the server fails while they are looked for', async () => {
    const { write } = await openScripted((_, index) => (index < 3 ? { status: 422, body: 'bad' } : { status: 503 }))
    expect(await write(LINES)).toMatchObject({ answer: 'kept', error: { code: 'store_failing' } })
  })
})

it('splits what is too large, in order, and rejects a line that alone is too large', async () => {
  const large = `battery,kit_sn=1 note="${'x'.repeat(3_000)}" 7\n`
  const stored: string[] = []
  const { write } = await openScripted(({ body, lines }) => {
    if (body.length > 2_000) return { status: 413, body: { error: 'Request Entity Too Large' } }
    stored.push(...lines)
    return { status: 204 }
  })
  const answer = await write([...LINES.slice(0, 60), large, ...LINES.slice(60)])
  expect(answer.answer === 'rejected' && answer.lines).toEqual([
    { line: large, reason: expect.stringMatching(/too|larger/) },
  ])
  expect(stored).toEqual(LINES.map((line) => line.trimEnd()))
})

describe('kept, and the person told', () => {
  it.each([
    [401, 'store_denied', /token/],
    [403, 'store_denied', /token/],
    [404, 'store_bucket_missing', /influx bucket create --org 'my org' --name 'powerkits' --retention 48h/],
    [405, 'store_refuses', /INFLUX_URL/],
    [429, 'store_busy', /limits/],
    [500, 'store_failing', /log of the store/],
    [503, 'store_failing', /log of the store/],
  ] as const)('%i is %s', async (status, code, help) => {
    const { write, asked } = await openScripted(() => ({ status, body: { message: 'so it is' } }), {
      retentionMs: 172_800_000,
    })
    const answer = await write(LINES)
    expect(answer).toMatchObject({ answer: 'kept', error: { code, help: expect.stringMatching(help) } })
    expect(answer.answer === 'kept' && answer.error.message).toContain(`status ${status}: so it is`)
    expect(JSON.stringify(answer)).not.toContain(TOKEN)
    expect(asked.filter(({ path }) => path.includes('/write'))).toHaveLength(1)
  })

  it.each([
    [{ 'retry-after': '5' }, 5_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 10:01:30 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, 90_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ] as const)('waits as %o asks', async (headers, wait) => {
    const { write } = await openScripted(() => ({ status: 429, headers }))
    const answer = await write(LINES)
    expect(answer.answer === 'kept' && answer.retryAfterMs).toBe(wait)
  })

  it.each(['hang', 'cut'] as const)('a server that %ss', async (how) => {
    const { write, logged } = await openScripted(() => how)
    expect(await write(LINES)).toMatchObject({ answer: 'kept', error: { code: 'store_unreachable' } })
    expect(logged.length).toBeGreaterThan(0)
  })

  it('a server that is not there, and the same store once it is', async () => {
    let isUp = false
    const { write } = await openScripted(() => (isUp ? { status: 204 } : 'cut'))
    expect(await write(LINES)).toMatchObject({ answer: 'kept' })
    isUp = true
    expect(await write(LINES)).toEqual({ answer: 'accepted' })
  })
})

describe('a missing bucket', () => {
  const missing = { status: 404, body: { code: 'not found', message: 'bucket "powerkits" not found' } }

  it('is created on 2.x with its retention, then written to', async () => {
    let created: unknown
    const script: Script = ({ method, path, body }) => {
      if (path.startsWith('/api/v2/orgs?org=my%20org')) return { status: 200, body: { orgs: [{ id: 'abc' }] } }
      if (method === 'POST' && path === '/api/v2/buckets') {
        created = JSON.parse(body)
        return { status: 201, body: {} }
      }
      return created === undefined ? missing : { status: 204 }
    }
    const { write } = await openScripted(script, { retentionMs: 86_400_000 })
    expect(await write(LINES)).toEqual({ answer: 'accepted' })
    expect(created).toEqual({
      orgID: 'abc',
      name: 'powerkits',
      retentionRules: [{ type: 'expire', everySeconds: 86_400 }],
    })
  })

  it('is created as a database where the v2 address knows databases only (1.8)', async () => {
    let created: string | null = null
    const script: Script = ({ path, body }) => {
      if (path === '/query') {
        created = new URLSearchParams(body).get('q')
        return { status: 200, body: { results: [{ statement_id: 0 }] } }
      }
      if (path.startsWith('/api/v2/write')) return created === null ? missing : { status: 204 }
      return { status: 404 }
    }
    const { write } = await openScripted(script, { retentionMs: 86_400_000 })
    expect(await write(LINES)).toEqual({ answer: 'accepted' })
    expect(created).toBe('CREATE DATABASE "powerkits" WITH DURATION 1440m')
  })
})

describe('a question', () => {
  const question = { bucket: 'raw', measurement: 'battery', from: 0, to: 1 } as const

  it.each([
    ['hang', 'store_query_timeout'],
    ['cut', 'store_unreachable'],
    [{ status: 401, body: { error: 'unauthorized' } }, 'store_denied'],
    [{ status: 200, body: { results: [{ error: 'too many series' }] } }, 'store_query_failed'],
    [{ status: 502, body: '<html>' }, 'store_query_failed'],
  ] as const)('answered by %o throws %s', async (reply, code) => {
    const { store } = await openScripted(() => reply)
    await expect(store.rows(question)).rejects.toMatchObject({ name: 'CollectorError', code })
  })

  it('to a bucket that is not there yet has no rows', async () => {
    const { store } = await openScripted(() => ({
      status: 200,
      body: { results: [{ error: 'database not found: powerkits' }] },
    }))
    expect(await store.rows(question)).toEqual([])
  })
})
