import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { CollectorError } from '../src/errors.ts'
import { readFleet } from '../src/read-fleet.ts'

const VAN = 'M109ZAB4Z000001F'
const BUS = 'M109ZAB4Z000002F'

const reader = (files: Readonly<Record<string, string>>) => (path: string) => {
  const text = files[path]
  if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  return text
}

const fleetOf = (yaml: string, env: Record<string, string> = {}, files: Record<string, string> = {}) =>
  readFleet(readSettings(env), reader({ 'powerkits.yaml': yaml, ...files }))

const problemsOf = (...args: Parameters<typeof fleetOf>): string[] => {
  try {
    fleetOf(...args)
  } catch (error) {
    expect(error).toBeInstanceOf(CollectorError)
    return (error as Error).message.split('\n  ').slice(1)
  }
  return []
}

const ACCOUNT = 'accounts:\n - name: north\n   access_key: first-access-key\n   secret_key: first-secret-key\n'

describe('a fleet', () => {
  it('is empty without settings and without a file', () => {
    expect(readFleet(readSettings({}), reader({}))).toEqual({ accounts: [], brokers: [] })
    for (const yaml of ['', '# nothing yet\n', 'accounts:\nbrokers:\n']) expect(fleetOf(yaml).accounts).toEqual([])
  })

  it('has the account and the broker of the settings, which own the named kits', () => {
    const keys = { ECOFLOW_ACCESS_KEY: 'an-access-key', ECOFLOW_SECRET_KEY: 'a-secret-key', KITS: `${VAN}=Van` }
    const main = { name: 'main', accessKey: 'an-access-key', secretKey: 'a-secret-key', region: 'auto' }
    expect(fleetOf('', { ...keys, ECOFLOW_URL: 'http://127.0.0.1:1' })).toEqual({
      accounts: [{ ...main, url: 'http://127.0.0.1:1', kits: { [VAN]: { name: 'Van' } }, onlyNamed: false }],
      brokers: [],
    })
    const both = fleetOf('', { ...keys, MQTT_URL: 'mqtt://own', ECOFLOW_ACCOUNT: 'open-x', MQTT_VERSION: '5' })
    expect(both.accounts[0]?.kits).toEqual({})
    expect(both.brokers).toEqual([
      { name: 'main', url: 'mqtt://own', version: 5, topics: [], account: 'open-x', kits: { [VAN]: { name: 'Van' } } },
    ])
  })

  it('has all that the file names, each scalar as it is written', () => {
    const yaml = `accounts:
  - name: Hire fleet 2
    access_key: 00123456789012345678901234567890
    secret_key_file: /run/secrets/north
    region: us
    only_named: true
    kits:
      ${VAN}: { name: 007, time_zone: Europe/Lisbon }
      ${BUS}:
brokers:
  - name: farm
    url: mqtts://broker.farm
    username: reader
    password: 12345678
    version: 5
    topics: [/open/+/+/quota]
`
    expect(fleetOf(yaml, {}, { '/run/secrets/north': 'from-a-file\n' })).toEqual({
      accounts: [
        {
          name: 'Hire fleet 2',
          accessKey: '00123456789012345678901234567890',
          secretKey: 'from-a-file',
          region: 'us',
          kits: { [VAN]: { name: '007', timeZone: 'Europe/Lisbon' }, [BUS]: { name: '' } },
          onlyNamed: true,
        },
      ],
      brokers: [
        {
          name: 'farm',
          url: 'mqtts://broker.farm',
          username: 'reader',
          password: '12345678',
          version: 5,
          topics: ['/open/+/+/quota'],
          account: undefined,
          kits: {},
        },
      ],
    })
  })

  it('has what the owner says of the site of a kit', () => {
    const site = (settings: string) =>
      fleetOf(`${ACCOUNT}   kits: { ${VAN}: { ${settings} } }\n`).accounts[0]?.kits[VAN]?.site
    expect(site('name: Van')).toBeUndefined()
    expect(
      site(
        'ac_input: generator, latitude: 52.52, longitude: -13.4, group: Hire, laid_up: true, panels: { 1: 400, 2: 200 }, ' +
          'tariff: { currency: EUR, price: 0.31 }',
      ),
    ).toEqual({
      acInput: 'generator',
      latitudeDeg: 52.52,
      longitudeDeg: -13.4,
      group: 'Hire',
      isLaidUp: true,
      panelsW: { 1: 400, 2: 200 },
      tariff: { currency: 'EUR', prices: [{ fromMs: 0, price: 0.31 }] },
    })
    expect(
      site('tariff: { currency: GBP, prices: [{ from: 00:30, price: 0.09 }, { from: "05:30", price: 0.27 }] }'),
    ).toEqual({
      tariff: {
        currency: 'GBP',
        prices: [
          { fromMs: 1_800_000, price: 0.09 },
          { fromMs: 19_800_000, price: 0.27 },
        ],
      },
    })
  })

  it('is what the example of the file says, once its comments are lifted', () => {
    const example = readFileSync(new URL('../powerkits.example.yaml', import.meta.url), 'utf8')
    expect(problemsOf(example)).toEqual([])
    const lifted = example.replace(/^#(?=accounts|brokers| {2})/gm, '')
    const files = { '/run/secrets/ecoflow_south': 'x'.repeat(30), '/run/secrets/own_broker': 'y'.repeat(30) }
    const { accounts, brokers } = fleetOf(lifted, {}, files)
    expect(accounts.length + brokers.length).toBeGreaterThan(2)
  })
})

describe('what is wrong with a fleet', () => {
  it('is told at once, as where, got and expected', () => {
    const yaml = `acounts: []
accounts:
  - name: north
    acess_key: first-access-key
    region: mars
    kits:
      Van!: { name: Van }
      ${VAN}: { nane: Van, time_zone: Europe/Atlantis }
  - secret_key: a
    url: ftp://user:hidden-password@host
  - just text
brokers:
  - name: farm
    url: mqtt://farm
    version: 3
    topics: /open/#
`
    const found = problemsOf(yaml).map((problem) => problem.replace('powerkits.yaml: ', ''))
    expect(found).toEqual([
      'accounts[1].region: got "mars", expected auto or eu or us',
      'accounts[1].kits.Van!: got "Van!", expected the serial number of a hub',
      `accounts[1].kits.${VAN}.time_zone: got "Europe/Atlantis", expected a name such as Europe/Berlin`,
      `accounts[1].kits.${VAN}.nane: is no setting; did you mean name?`,
      'accounts[1].acess_key: is no setting; did you mean access_key?',
      'accounts[2].name: got nothing, expected a name',
      'accounts[2].url: got a text that may hold a password and is not shown, expected https://host',
      'accounts[3]: got a text that is not shown, expected an account with name, access_key and secret_key',
      'brokers[1].version: got "3", expected 4 or 5',
      'brokers[1].topics: got "/open/#", expected a list of topics',
      'acounts: is no setting; did you mean accounts?',
      'accounts[1].access_key: got nothing, expected the access key, or access_key_file',
      'accounts[1].secret_key: got nothing, expected the secret key, or secret_key_file',
      'accounts[2].access_key: got nothing, expected the access key, or access_key_file',
    ])
  })

  it('is told of what stands below a kit, too', () => {
    const told = (settings: string): string[] =>
      problemsOf(`${ACCOUNT}   kits: { ${VAN}: { ${settings} } }\n`).map((problem) =>
        problem.replace(`powerkits.yaml: accounts[1].kits.${VAN}`, ''),
      )
    expect(
      told('ac_input: grid, latitude: 91, longitude: 9°, laid_up: perhaps, group:, panels: { 1: 0, 3: 5 }'),
    ).toEqual([
      '.ac_input: got "grid", expected shore or generator',
      '.latitude: got "91", expected degrees from -90 to 90',
      '.longitude: got "9°", expected degrees from -180 to 180',
      '.group: got nothing, expected a name',
      '.laid_up: got "perhaps", expected true or false',
      '.panels.1: got "0", expected watts from 1 to 20000',
      '.panels.3: is no setting',
    ])
    expect(told('latitude: 50')).toEqual([': got a group of settings, expected latitude and longitude together'])
    expect(told('panels: 400')).toEqual([
      '.panels: got a text that is not shown, expected peak watts of the panels at the solar inputs 1 and 2',
    ])
    const long = 'x'.repeat(41)
    expect(told(`circuits: { ac: { 1: ${long} } }, group: ${long}`)).toEqual([
      `.circuits.ac.1: got "${long}", expected a name of at most 40 letters`,
      `.group: got "${long}", expected a name of at most 40 letters`,
    ])
    expect(told('tariff: { curency: EUR, price: -1 }')).toEqual([
      '.tariff.currency: got nothing, expected three letters such as EUR',
      '.tariff.price: got "-1", expected a price per kWh from 0 to 1000000',
      '.tariff.curency: is no setting; did you mean currency?',
    ])
    expect(told('tariff: { currency: €, prices: [{ frm: 6:00, price: 1 }, { from: 25:00, price: 0,3 }] }')).toEqual([
      '.tariff.currency: got "€", expected three letters such as EUR',
      '.tariff.prices[1].from: got nothing, expected a local time such as 06:00',
      '.tariff.prices[1].frm: is no setting; did you mean from?',
      '.tariff.prices[2].from: got "25:00", expected a local time such as 06:00',
      '.tariff.prices[2].3: is no setting',
    ])
    const either = '.tariff: got a group of settings, expected either price, or prices by the time of day'
    expect(told('tariff: { currency: EUR }')).toEqual([either])
    expect(told('tariff: { currency: EUR, price: 1, prices: [{ from: 06:00, price: 1 }] }')).toEqual([either])
    expect(told('tariff: { currency: EUR, prices: [{ from: 06:00, price: 1 }, { from: 06:00, price: 2 }] }')).toEqual([
      '.tariff.prices: got a list, expected each time once',
    ])
    expect(told('tariff: { currency: EUR, prices: [] }')).toEqual([
      '.tariff.prices: got a list, expected a list of times with their prices',
    ])
  })

  it('is a key, a kit or a name that stands twice', () => {
    const yaml = `${ACCOUNT}   kits: { ${VAN}: }
 - name: NORTH
   access_key: second-access-key
   secret_key: s
 - name: south
   access_key: first-access-key
   secret_key: s
brokers:
 - name: farm
   url: mqtt://farm
   account: open-x
   kits: { ${VAN}: }
`
    const keys = { ECOFLOW_ACCESS_KEY: 'second-access-key', ECOFLOW_SECRET_KEY: 's' }
    expect(problemsOf(yaml, keys)).toEqual([
      'powerkits.yaml: accounts[2]: got the same name "north" as powerkits.yaml: accounts[1], expected each once',
      'powerkits.yaml: accounts[2]: got the same access key as the settings, expected each once',
      'powerkits.yaml: accounts[3]: got the same access key as powerkits.yaml: accounts[1], expected each once',
      `powerkits.yaml: brokers[1]: got the same kit ${VAN} as powerkits.yaml: accounts[1], expected each once`,
    ])
  })

  it('is a file that cannot be read, an empty one, or a secret at two places', () => {
    expect(problemsOf('', { FLEET_FILE: 'gone.yaml' })).toEqual(['FLEET_FILE: "gone.yaml" cannot be read (ENOENT)'])
    const yaml = `${ACCOUNT}   secret_key_file: also
 - name: south
   access_key_file: gone
   secret_key_file: empty
`
    expect(problemsOf(yaml, {}, { empty: '\n' })).toEqual([
      'powerkits.yaml: accounts[1].secret_key: got it here and in a file, expected one of them',
      'powerkits.yaml: accounts[2].access_key_file: "gone" cannot be read (ENOENT)',
      'powerkits.yaml: accounts[2].secret_key_file: "empty" is empty, expected a secret in it',
    ])
  })

  it('is told without a word of the file when it is no YAML', () => {
    for (const broken of ['"sEcret', '*sEcret', '@sEcret', '[sEcret', '{sEcret: [', '%sEcret', '\tsEcret: sEcret']) {
      const found = problemsOf(`${ACCOUNT}   kits:\n   url: ${broken}\n   password: sEcret\n  x: sEcret\n`)
      expect(found, broken).not.toEqual([])
      expect(found.join(), broken).not.toContain('sEcret')
      expect(found[0], broken).toMatch(/^powerkits\.yaml: (line \d+: |text that begins with \*)/)
    }
  })

  it('never shows a secret', () => {
    const [text] = [
      problemsOf(`${ACCOUNT}   secret_key: { sEcret: 1 }\n   region: x\n - secret_key: [sEcret]\n`).join(),
    ]
    expect(text).not.toContain('sEcret')
    expect(text).toContain('line 5')
    const lists = problemsOf('accounts:\n - name: a\n   access_key: [sEcret]\n   secret_key: {sEcret: 1}\n').join()
    expect(lists).toContain('access_key: got a list, expected text')
    expect(lists).not.toContain('sEcret')
  })
})
