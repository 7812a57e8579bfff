/** Where an input came from: MQTT topics of the open and the app channel, and paths of the HTTP API. */

export type Channel = 'quota' | 'status' | 'set_reply' | 'get_reply' | 'answer' | 'devices'

export interface Topic {
  readonly channel: Channel
  /** Serial number of the kit's hub; empty where the topic does not name it. */
  readonly kitSn: string
}

const OPEN = /^\/?open\/[^/]+\/([^/]+)\/(quota|status|set_reply|get_reply)$/
const APP = /^\/?app\/device\/property\/([^/]+)$/
const APP_REPLY = /^\/?app\/[^/]+\/([^/]+)\/thing\/property\/(get_reply|set_reply)$/
const HTTP = /^\/?iot-open\/sign\/device\/quota(?:\/all)?(?:\?(.*))?$/
const DEVICES = /^\/?iot-open\/sign\/device\/list$/

const parse = (topic: string): Topic | undefined => {
  const open = OPEN.exec(topic) ?? APP_REPLY.exec(topic)
  if (open) return { channel: open[2] as Channel, kitSn: open[1]! }
  const app = APP.exec(topic)
  if (app) return { channel: 'quota', kitSn: app[1]! }
  const http = HTTP.exec(topic)
  if (http) return { channel: 'answer', kitSn: /(?:^|&)sn=([^&]+)/.exec(http[1] ?? '')?.[1] ?? '' }
  return DEVICES.test(topic) ? { channel: 'devices', kitSn: '' } : undefined
}

/** Topics met: there is one or a few per kit, and each is met thousands of times a day. Bounded, since anybody may ask. */
const MOST_KNOWN = 10_000
const known = new Map<string, Topic>()

/** The topic's meaning, or undefined for one that carries no report. src: powerkits-api.txt L1663, L2503, L2534 */
export const parseTopic = (topic: string): Topic | undefined => {
  const met = known.get(topic)
  if (met !== undefined) return met
  const parsed = parse(topic)
  if (known.size >= MOST_KNOWN) known.clear()
  if (parsed !== undefined) known.set(topic, parsed)
  return parsed
}
