/** A link over real sockets with what came of it, for tests to look at. */
import type { Link, LinkEnd, LinkOptions } from '../../src/cloud/link.ts'
import { openMqttLink } from '../../src/cloud/mqtt-link.ts'

export interface Heard {
  readonly text: string
  readonly isDuplicate: boolean
  readonly qos: number
}

export interface KeptLink {
  readonly link: Link
  /** `true`: the broker still had the session. */
  readonly ups: boolean[]
  readonly ends: LinkEnd[]
  readonly heard: Heard[]
}

/** Each message's sequence number is its place among those heard, from 1; where `hasRoom` says no it is refused. */
export const keepLink = (options: Partial<LinkOptions> & { url: string }, hasRoom = () => true): KeptLink => {
  const [ups, ends, heard]: [boolean[], LinkEnd[], Heard[]] = [[], [], []]
  const link = openMqttLink(
    { clientId: 'powerkits-test', protocolVersion: 4, ...options },
    {
      onUp: (isSessionPresent) => void ups.push(isSessionPresent),
      onEnd: (end) => void ends.push(end),
      onMessage: (_topic, bytes, isDuplicate, qos) =>
        hasRoom() ? heard.push({ text: Buffer.from(bytes).toString(), isDuplicate, qos }) : undefined,
    },
  )
  return { link, ups, ends, heard }
}
