/**
 * Under which names the server may be asked: rules about addresses, hosts and origins. Pure. A browser on this machine
 * can be led here under a foreign name (DNS rebinding) or by a foreign page; the headers Host and Origin tell.
 */
import { isIP, isIPv4 } from 'node:net'

/** Whether only this machine can reach a server bound to `host`. A name other than localhost may resolve to anything. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** The token of an Authorization header; undefined if there is none. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]

const parsed = (address: string): URL | undefined => (URL.canParse(address) ? new URL(address) : undefined)

const hostname = (header: string): string => parsed(`http://${header}`)?.hostname.replace(/^\[|\]$/g, '') ?? ''

/**
 * Whether a request with this Host header means this server: by address, by localhost, by the name it is bound to, or
 * by the name of an origin that its owner allowed.
 */
export const isOwnHost = (header: string | undefined, boundHost: string, origins: readonly string[] = []): boolean => {
  const name = hostname(header ?? '')
  if (isIP(name) !== 0 || name === 'localhost') return true
  return name !== '' && [boundHost.toLowerCase(), ...origins.map((one) => parsed(one)?.hostname)].includes(name)
}

/** Whether the page that asks came from here. The scheme is left out: a proxy may have put TLS before us. */
export const isSameOrigin = (origin: string, hostHeader: string | undefined): boolean => {
  const from = parsed(origin)
  return from !== undefined && /^https?:$/.test(from.protocol) && from.host === hostHeader?.toLowerCase()
}
