/**
 * Who may read: rules about addresses, names and tokens. Pure. A browser on this machine can be led here under a foreign
 * name (DNS rebinding); without a token the Host header is what tells.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP, isIPv4 } from 'node:net'

/** Whether only this machine can reach a server bound to `host`. A name other than localhost may resolve to anything. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The token of an Authorization header; undefined if there is none. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]

/** Compares in a time that tells nothing about the token. */
export const isSameToken = (given: string, token: string): boolean => timingSafeEqual(digest(given), digest(token))

const hostname = (header: string): string => {
  try {
    return new URL(`http://${header}`).hostname.replace(/^\[|\]$/g, '')
  } catch {
    return ''
  }
}

/** Whether a request with this Host header means this server: by address, by localhost, or by the name it is bound to. */
export const isOwnHost = (header: string | undefined, boundHost: string): boolean => {
  const name = hostname(header ?? '')
  return isIP(name) !== 0 || name === 'localhost' || (name !== '' && name === boundHost.toLowerCase())
}
