import { describe, expect, it } from 'vitest'
import { flattenParams, signatureOf, signedHeaders, signedText } from '../../src/cloud/signature.ts'

const credentials = { accessKey: 'Fp4SvIprYSDPXtYJidEtUAd1o', secretKey: 'WIbFEKre0s6sLnh4ei7SPUeYnptHG6V' }
const fresh = { nonce: '345164', timestamp: '1671171709428' }
const body = { sn: '123456789', params: { cmdSet: 11, id: 24, eps: 0 } }

describe('signature', () => {
  it("gives the vendor's own vector", () => {
    const text = signedText(flattenParams(body), credentials.accessKey, fresh)
    expect(text).toBe(
      'params.cmdSet=11&params.eps=0&params.id=24&sn=123456789&accessKey=Fp4SvIprYSDPXtYJidEtUAd1o&nonce=345164&timestamp=1671171709428',
    )
    expect(signatureOf(text, credentials.secretKey)).toBe(
      '07c13b65e037faf3b153d51613638fa80003c4c38d2407379a7f52851af1473e',
    )
    expect(signedHeaders(body, credentials, fresh)).toEqual({
      accessKey: credentials.accessKey,
      ...fresh,
      sign: '07c13b65e037faf3b153d51613638fa80003c4c38d2407379a7f52851af1473e',
    })
  })

  it("flattens the vendor's example of objects and arrays", () => {
    const example = { name: 'demo1', ids: [1, 2, 3], deviceInfo: { id: 1 }, deviceList: [{ id: 1 }, { id: 2 }] }
    expect(flattenParams(example)).toBe(
      'deviceInfo.id=1&deviceList[0].id=1&deviceList[1].id=2&ids[0]=1&ids[1]=2&ids[2]=3&name=demo1',
    )
  })

  it('sorts more than nine elements by characters, not by number', () => {
    const keys = flattenParams({ recv: Array.from({ length: 30 }, () => 0), after: 1 })
      .split('&')
      .map((pair) => pair.replace('=0', ''))
    expect(keys.slice(0, 5)).toEqual(['after=1', 'recv[0]', 'recv[10]', 'recv[11]', 'recv[12]'])
    expect(keys.indexOf('recv[19]') + 1).toBe(keys.indexOf('recv[1]'))
    expect(keys.indexOf('recv[1]') + 1).toBe(keys.indexOf('recv[20]'))
    expect(keys.at(-1)).toBe('recv[9]')
  })

  // Nobody has published such a vector: these follow the vendor's written rule, computed by another program.
  // src: powerkits-api.txt L108-146, L580-622
  it.each([
    {
      operateType: 'chgDsgParaSet',
      body: {
        id: 123456789,
        version: '1.0',
        sn: 'M106ZAB4Z000001F',
        moduleSn: 'M106ZAB4Z000001F',
        moduleType: 15362,
        operateType: 'chgDsgParaSet',
        params: { workMode: 0, rsvd: Array.from({ length: 25 }, () => '0') },
      },
      sign: '0a6d24347884662cc56ba0964a51707ddc448c543748180fee3a29635400547b',
    },
    {
      operateType: 'acDcLsplCfg',
      body: {
        id: 123456789,
        version: '1.0',
        sn: 'M106ZAB4Z000001F',
        moduleSn: '0000000000000000',
        moduleType: 0,
        operateType: 'acDcLsplCfg',
        params: { recv: Array.from({ length: 30 }, () => 0), acDcLsplOvertime: 0 },
      },
      sign: '6d886585fb81b41b0abcc9551c1781146cef780bb690f441b84ea66696637a43',
    },
  ])('signs the long array of $operateType', ({ body: command, sign }) => {
    expect(signedHeaders(command, credentials, fresh).sign).toBe(sign)
  })

  it('sorts by key alone, whatever the values contain', () => {
    expect(flattenParams({ 'a-b': 'x', a: 'z=1&y' })).toBe('a=z=1&y&a-b=x')
  })

  it('signs the triplet alone when there are no parameters', () => {
    expect(signedText(flattenParams({}), 'key', fresh)).toBe('accessKey=key&nonce=345164&timestamp=1671171709428')
  })

  it('changes with the secret, the nonce and the values', () => {
    const signs = [
      signedHeaders(body, credentials, fresh),
      signedHeaders(body, { ...credentials, secretKey: 'another' }, fresh),
      signedHeaders(body, credentials, { ...fresh, nonce: '345165' }),
      signedHeaders({ ...body, sn: '123456780' }, credentials, fresh),
    ].map((headers) => headers.sign)
    expect(new Set(signs).size).toBe(4)
  })
})
