/** Messages by mail, over a mail server of one's own or of one's provider. Passwords go over encrypted ways alone. */
import { createTransport } from 'nodemailer'
import { isLoopback } from '../http/access.ts'
import type { Message } from './message.ts'
import type { Outcome } from './outcome.ts'

export interface MailWay {
  /** `smtps://user:password@host` or `smtp://user:password@host:587`. */
  readonly smtpUrl: string
  readonly to: readonly string[]
  /** Without it the user of the server where that is an address, otherwise the first of `to`. */
  readonly from?: string | undefined
}

const TIMEOUT_MS = 15_000

const transportOf = (url: URL) => {
  const isSecure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(url.password) } }),
    requireTLS: !isSecure && user !== '' && !isLoopback(url.hostname),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

const senderOf = ({ smtpUrl, from, to }: MailWay): string => {
  const user = decodeURIComponent(new URL(smtpUrl).username)
  return from ?? (user.includes('@') ? user : (to[0] ?? ''))
}

/** Sends a message. Never rejects. */
export const sendMail = async (way: MailWay, { title, text }: Message): Promise<Outcome> => {
  const transport = transportOf(new URL(way.smtpUrl))
  try {
    const mail = { from: senderOf(way), to: [...way.to], subject: `powerkits: ${title}`, text: `${text}\n` }
    const { response } = await transport.sendMail(mail)
    return { isTaken: true, text: `the mail server answered ${response}` }
  } catch (error) {
    return {
      isTaken: false,
      text: `the mail server did not take it (${error instanceof Error ? error.message : error})`,
    }
  } finally {
    transport.close()
  }
}
