import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { sendMail } from '../../src/alerts/mail.ts'
import { messageOf } from '../../src/alerts/message.ts'
import { testNotice } from '../../src/alerts/notice.ts'
import { START } from './rows-of.ts'

const message = messageOf([testNotice(START, 'UTC')], 0, START)
let server: Server | undefined

afterEach(() => {
  server?.close()
})

/** A mail server that speaks as much of SMTP as a client asks for; gives the lines that it was told. */
const openServer = async (answerToMail = '250 ok'): Promise<{ port: number; told: string[] }> => {
  const told: string[] = []
  const answer = (socket: Socket, line: string, isMail: boolean): string | undefined => {
    if (isMail) return line === '.' ? '250 queued as 4711' : undefined
    if (line.startsWith('EHLO')) return '250-mail.example\r\n250 AUTH PLAIN'
    if (line.startsWith('AUTH')) return '235 welcome'
    if (line.startsWith('MAIL')) return answerToMail
    if (line === 'DATA') return '354 go on'
    if (line === 'QUIT') socket.end()
    return '250 ok'
  }
  server = createServer((socket) => {
    let [isMail, rest] = [false, '']
    socket.on('error', () => undefined)
    socket.write('220 mail.example\r\n')
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        told.push(line)
        const said = answer(socket, line, isMail)
        isMail = (isMail && line !== '.') || line === 'DATA'
        if (said !== undefined && socket.writable) socket.write(`${said}\r\n`)
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, told }
}

it('a message is mailed to all, from the user of the server', async () => {
  const { port, told } = await openServer()
  const way = {
    smtpUrl: `smtp://me%40home.example:made-up@127.0.0.1:${port}`,
    to: ['a@home.example', 'b@home.example'],
  }
  expect(await sendMail(way, message)).toEqual({
    isTaken: true,
    text: 'the mail server answered 250 queued as 4711',
  })
  expect(told).toContain(`AUTH PLAIN ${btoa('\0me@home.example\0made-up')}`)
  expect(told.filter((line) => /^(?:MAIL|RCPT|Subject)/.test(line))).toEqual([
    'MAIL FROM:<me@home.example>',
    'RCPT TO:<a@home.example>',
    'RCPT TO:<b@home.example>',
    'Subject: powerkits: The collector: Test of the alerts',
  ])
  expect(told.join('\n')).toContain('Alerts of powerkits reach you on this way.')
})

it('what the server refuses is said in words', async () => {
  const { port } = await openServer('550 not from you')
  const { isTaken, text } = await sendMail({ smtpUrl: `smtp://127.0.0.1:${port}`, to: ['a@home.example'] }, message)
  expect([isTaken, text]).toEqual([false, expect.stringContaining('550 not from you')])
})

it('nobody there is said in words', async () => {
  const { port } = await openServer()
  server?.close()
  const { isTaken, text } = await sendMail(
    { smtpUrl: `smtp://me:made-up@127.0.0.1:${port}`, to: ['a@b.example'] },
    message,
  )
  expect(isTaken).toBe(false)
  expect(text).toContain('ECONNREFUSED')
  expect(text).not.toContain('made-up')
})
