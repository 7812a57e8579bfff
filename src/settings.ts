/**
 * The table of settings: one row each, with its meaning, its default and how it is read. `config.ts` reads them all.
 */
import { z } from 'zod'
import { ALERT_SETTINGS } from './alert-settings.ts'
import {
  addressing,
  choice,
  commandNames,
  kits,
  list,
  origins,
  type Setting,
  shard,
  text,
  timeZone,
  url,
  whole,
} from './setting-kinds.ts'

export const SETTINGS = {
  ECOFLOW_ACCESS_KEY: {
    is: 'access key of the vendor’s developer platform',
    read: text,
    expected: 'text',
    secret: true,
  },
  ECOFLOW_SECRET_KEY: { is: 'secret key that belongs to it', read: text, expected: 'text', secret: true },
  ECOFLOW_REGION: {
    is: 'data centre of the account; auto asks which one knows the key',
    read: choice('auto', 'eu', 'us'),
    expected: 'auto, eu or us',
  },
  ECOFLOW_URL: {
    is: 'address of the HTTP API instead of the region’s: a proxy, or the simulator',
    read: url('http:', 'https:'),
    expected: 'https://host',
  },
  ECOFLOW_QUOTAS_METHOD: {
    is: 'how selected quotas are asked for',
    read: choice('POST', 'GET'),
    expected: 'POST or GET',
  },
  FLEET_FILE: {
    is: 'file of further accounts and brokers; default: powerkits.yaml where there is one',
    read: text,
    expected: 'a path',
  },
  SHARD: {
    is: 'which of n collectors this one is; accounts are shared out among them',
    read: shard,
    expected: 'i/n such as 2/3',
  },
  TIME_ZONE: {
    is: 'where the kits are, unless the file of the fleet says otherwise; default: this machine’s',
    read: timeZone,
    expected: 'a name such as Europe/Berlin',
    ofMachine: true,
  },
  POLL_SECONDS: {
    is: 'how often each kit is asked over HTTP while nothing calls for more',
    read: whole(10, 3_600).default(60),
    expected: 'seconds from 10 to 3600',
  },
  MQTT_CONNECTS_PER_DAY: {
    is: 'connects a day at the vendor’s broker; beyond it only HTTP is used',
    read: whole(1, 10_000).default(100),
    expected: '1 to 10000',
  },
  SILENT_CADENCES: {
    is: 'a kit that pushed nothing for so many of its usual intervals is silent',
    read: whole(2, 1_000).default(5),
    expected: '2 to 1000',
  },
  SILENT_SECONDS: {
    is: 'but not before so many seconds',
    read: whole(1, 86_400).default(15),
    expected: 'seconds from 1 to 86400',
  },
  GAP_CADENCES: {
    is: 'a stretch without values of so many usual intervals is a gap',
    read: whole(2, 1_000).default(5),
    expected: '2 to 1000',
  },
  FROZEN_SECONDS: {
    is: 'polls whose values stand still so long, while power flows, come from an old snapshot',
    read: whole(10, 86_400).default(150),
    expected: 'seconds from 10 to 86400',
  },
  FROZEN_IDLE_SECONDS: {
    is: 'the same while no power flows',
    read: whole(10, 604_800).default(3_600),
    expected: 'seconds from 10 to 604800',
  },
  MOVING_W: {
    is: 'power from which values must be seen to move',
    read: whole(1, 100_000).default(20),
    expected: 'watts from 1',
  },
  DATA_DIR: {
    is: 'directory of everything the collector keeps',
    read: z.string().min(1).default('data'),
    expected: 'a directory',
  },
  MQTT_URL: {
    is: 'MQTT broker that carries the kits’ reports',
    read: url('mqtt:', 'mqtts:', 'tcp:', 'ssl:'),
    expected: 'mqtt://host:port or mqtts://host:port',
  },
  MQTT_USERNAME: { is: 'user name at the broker', read: text, expected: 'text' },
  MQTT_PASSWORD: { is: 'password at the broker', read: text, expected: 'text', secret: true },
  MQTT_VERSION: {
    is: 'protocol version spoken with the broker: 4 is MQTT 3.1.1',
    read: choice('4', '5'),
    expected: '4 or 5',
  },
  MQTT_TOPICS: {
    is: 'topics to subscribe, instead of those made from account and kits',
    read: list,
    expected: 'topics, separated by commas',
  },
  ECOFLOW_ACCOUNT: {
    is: 'certificateAccount, the second part of the vendor’s topics',
    read: text,
    expected: 'text such as open-…',
  },
  KITS: {
    is: 'the kits: serial numbers of their hubs, each with a name',
    read: kits,
    expected: 'SN=Name, SN=Name with the serial number of each hub once',
  },
  INFLUX_URL: {
    is: 'InfluxDB server; without it values go to the embedded store',
    read: url('http:', 'https:'),
    expected: 'http://host:8086',
  },
  INFLUX_API: {
    is: 'write API: v2 for InfluxDB 1.8, 2 and 3, v1 for older 1.x',
    read: choice('v2', 'v1'),
    expected: 'v2 or v1',
  },
  INFLUX_TOKEN: { is: 'token with the right to write and read', read: text, expected: 'text', secret: true },
  INFLUX_USERNAME: { is: 'user name, for InfluxDB 1.x', read: text, expected: 'text' },
  INFLUX_PASSWORD: { is: 'password, for InfluxDB 1.x', read: text, expected: 'text', secret: true },
  INFLUX_ORG: { is: 'organisation, for InfluxDB 2', read: text, expected: 'text' },
  INFLUX_BUCKET: {
    is: 'bucket or database of raw values',
    read: z.string().min(1).default('powerkits'),
    expected: 'a name',
  },
  INFLUX_HISTORY_BUCKET: {
    is: 'bucket or database of what is kept for ever',
    read: z.string().min(1).default('powerkits_history'),
    expected: 'a name',
  },
  RAW_RETENTION_DAYS: {
    is: 'how long raw values are kept',
    read: whole(2, 36_500).default(365),
    expected: 'days from 2',
  },
  EMBEDDED_MEMORY_MB: {
    is: 'memory that the embedded store may use for itself',
    read: whole(64, 65_536).default(256),
    expected: 'megabytes from 64',
  },
  EMBEDDED_THREADS: { is: 'threads of the embedded store', read: whole(1, 64).default(2), expected: '1 to 64' },
  SPOOL_MAX_BYTES: {
    is: 'room for what the store has not taken yet; default: a fifth of the free disk',
    read: whole(16_777_216, Number.MAX_SAFE_INTEGER).optional(),
    expected: 'bytes from 16777216',
  },
  SPOOL_WHEN_FULL: {
    is: 'when it is full: refuse new messages, or drop the oldest',
    read: choice('refuse', 'drop-oldest'),
    expected: 'refuse or drop-oldest',
  },
  RECORD_DAYS: {
    is: 'how long received messages are kept as they came',
    read: whole(0, 3_650).default(30),
    expected: 'days from 0',
  },
  HTTP_HOST: {
    is: 'address of the API',
    read: z.string().min(1).default('127.0.0.1'),
    expected: 'an address of this machine',
  },
  HTTP_PORT: { is: 'port of the API', read: whole(0, 65_535).default(8484), expected: '0 to 65535' },
  HTTP_TOKEN: {
    is: 'token for reading the API; required off loopback',
    read: z.string().min(16).optional(),
    expected: 'at least 16 characters',
    secret: true,
  },
  CONTROL_TOKENS: {
    is: 'who may send commands to the kits; without it nobody may',
    read: text,
    expected: 'lines such as name=van scope=control token=…',
    secret: true,
  },
  CONTROL_ORIGINS: {
    is: 'pages from elsewhere that may ask the API, and names it may be asked under',
    read: origins,
    expected: 'origins such as https://van.example, separated by commas',
  },
  CONTROL_COMMANDS_PER_MINUTE: {
    is: 'how many commands each token may ask for',
    read: whole(1, 100_000).default(60),
    expected: '1 to 100000',
  },
  CONTROL_ALLOW: {
    is: 'commands that may be sent; without it all that are not denied',
    read: commandNames(''),
    expected: 'names of commands such as dc-output.switch or dc-output.*, separated by commas',
  },
  CONTROL_DENY: {
    is: 'commands that are never sent',
    read: commandNames('battery.power-off'),
    expected: 'names of commands such as battery.power-off or generator.*, separated by commas, or none',
  },
  COMMAND_ADDRESSEES: {
    is: 'where commands are addressed to instead of where docs/commands.md says',
    read: addressing,
    expected: 'command=addressee such as dc-panel.circuit-switch=hub, separated by commas',
  },
  READY_STORE_SECONDS: {
    is: 'not ready once the store has taken nothing for so long',
    read: whole(1, 604_800).default(600),
    expected: 'seconds from 1 to 604800',
  },
  READY_BLIND_SECONDS: {
    is: 'not ready once no kit has been heard for so long',
    read: whole(1, 604_800).default(600),
    expected: 'seconds from 1 to 604800',
  },
  ...ALERT_SETTINGS,
  LOG_LEVEL: {
    is: 'how much is logged',
    read: choice('info', 'debug', 'warn', 'error', 'silent'),
    expected: 'debug, info, warn, error or silent',
  },
  LOG_FORMAT: { is: 'log for people or for machines', read: choice('text', 'json'), expected: 'text or json' },
} as const satisfies Record<string, Setting>
