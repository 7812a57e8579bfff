import { expect, it } from 'vitest'
import { parseTopic } from '../../src/report/topic.ts'

it('reads the topics of both channels and the paths of the HTTP API', () => {
  for (const channel of ['quota', 'status', 'set_reply', 'get_reply'])
    expect(parseTopic(`/open/open-3f1c/M109ZEB4/${channel}`)).toEqual({ channel, kitSn: 'M109ZEB4' })
  expect(parseTopic('open/open-3f1c/M109ZEB4/quota')).toEqual({ channel: 'quota', kitSn: 'M109ZEB4' })
  expect(parseTopic('/app/device/property/M109ZEB4')).toEqual({ channel: 'quota', kitSn: 'M109ZEB4' })
  expect(parseTopic('/app/1520/M109ZEB4/thing/property/get_reply')).toEqual({ channel: 'get_reply', kitSn: 'M109ZEB4' })
  for (const path of ['/iot-open/sign/device/quota/all?sn=M109ZEB4', '/iot-open/sign/device/quota?a=1&sn=M109ZEB4'])
    expect(parseTopic(path)).toEqual({ channel: 'answer', kitSn: 'M109ZEB4' })
  expect(parseTopic('/iot-open/sign/device/quota')).toEqual({ channel: 'answer', kitSn: '' })
  expect(parseTopic('/iot-open/sign/device/list')).toEqual({ channel: 'devices', kitSn: '' })
})

it('knows nothing of any other', () => {
  for (const topic of [
    '',
    '/',
    '/open/a/b/set',
    '/open/a/b/quota/x',
    '/open//b/quota',
    '/iot-open/sign/device/list/all',
    'x',
  ])
    expect(parseTopic(topic), topic).toBeUndefined()
})
