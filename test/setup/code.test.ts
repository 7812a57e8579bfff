import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { createGate, newCode } from '../../src/setup/code.ts'

it('is eight letters and digits that are not mistaken for another', () => {
  for (let time = 0; time < 200; time++) expect(newCode(randomInt)).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
  const all = new Set(Array.from({ length: 200 }, () => newCode(randomInt)))
  expect(all.size).toBe(200)
  expect(newCode(() => 0)).toBe('AAAA-AAAA')
  expect(newCode((limit) => limit - 1)).toBe('9999-9999')
})

it('is taken in any case, with or without the dash', () => {
  const gate = createGate('K7QD-2MXA')
  for (const given of ['K7QD-2MXA', 'k7qd2mxa', ' K7QD 2MXA ']) expect(gate.judge(given)).toBe('right')
  for (const given of ['', 'K7QD-2MX', 'K7QD-2MXB', 'K7QD-2MXAA']) expect(gate.judge(given)).toBe('wrong')
})

it('is void after ten wrong tries, also the right one', () => {
  const gate = createGate('K7QD-2MXA')
  for (let time = 9; time > 0; time--) {
    expect(gate.judge('AAAA-AAAA')).toBe('wrong')
    expect(gate.judge('K7QD-2MXA')).toBe('right')
    expect(gate.triesLeft()).toBe(time)
  }
  expect(gate.judge('AAAA-AAAA')).toBe('spent')
  expect(gate.judge('K7QD-2MXA')).toBe('spent')
  expect(gate.triesLeft()).toBe(0)
})
