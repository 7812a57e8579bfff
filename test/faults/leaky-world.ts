/** Servers that say secrets back: a gateway that answers with the request's headers, a store that quotes its token. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startScripted } from '../store/scripted-influx.ts'

/** What a gateway in the way answers, by turns. The cut certification holds a password that nobody has learnt yet. */
export const gatewayText = (
  path: string,
  turn: number,
  headers: string,
  unlearnt: string,
): { type: string; text: string } => {
  const certification = `{"code":"0","message":"Success","data":{"certificatePassword":"${unlearnt}","certificateAccount":"open-x"`
  const words = [
    { type: 'text/html', text: `<html><body><h1>502</h1><pre>${headers}</pre></body></html>` },
    { type: 'application/json', text: JSON.stringify({ code: '7777', message: `not with ${headers}` }) },
  ]
  const certifications = [
    { type: 'application/json', text: certification },
    { type: 'application/json', text: certification.slice(0, certification.indexOf(unlearnt) + unlearnt.length) },
    { type: 'application/json', text: `${certification},"port":"none","url":""}}` },
  ]
  const all = path.endsWith('/certification') ? [...certifications, ...words] : words
  return all[turn % all.length]!
}

const headersOf = ({ headers }: IncomingMessage): string => JSON.stringify(headers)

/** The gateway on a socket. */
export const startGateway = async (unlearnt: string): Promise<{ url: string; close: () => Promise<void> }> => {
  let turn = 0
  const server = createServer((request, response) => {
    const { type, text } = gatewayText(request.url!, turn++, headersOf(request), unlearnt)
    response.writeHead(502, { 'content-type': type })
    response.end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A store that refuses everything, in its own words about who asked. */
export const startLeakyStore = () =>
  startScripted(({ authorization = '', lines }, index) => {
    const message = `no write for ${authorization}`
    const replies = [
      { status: 401, body: { code: 'unauthorized', message } },
      { status: 500, body: `panic: ${message}` },
      { status: 400, body: { code: 'invalid', message: `partial write: unable to parse '${lines[0]}': ${message}` } },
      { status: 403, body: message },
      { status: 400, body: { error: 'partial write', data: [{ line_number: 1, error_message: message }] } },
    ]
    return replies[index % replies.length]!
  })
