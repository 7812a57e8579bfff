/**
 * What the bytes of an answer say: the vendor's envelope, the certification, the list of devices. Extra keys are let
 * pass; what is not understood is undefined or named, never guessed. Success is the code 0, whatever the HTTP status.
 */
import { z } from 'zod'
import { isSerialNumber } from '../catalogue/serial-numbers.ts'
import type { Certification, Device } from './api-contract.ts'

const text = z.string().nullish().catch(undefined)

const ENVELOPE = z.looseObject({
  // Some paths of the cloud give a number.
  code: z.union([z.string().min(1), z.number()]).transform(String),
  message: text,
  eagleEyeTraceId: text,
  data: z.unknown().optional(),
})

export type Envelope = z.infer<typeof ENVELOPE>

/** The envelope, or undefined for anything else than one. */
export const readEnvelope = (bytes: Uint8Array): Envelope | undefined => {
  try {
    return ENVELOPE.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data
  } catch {
    return undefined
  }
}

const CERTIFICATION = z.looseObject({
  certificateAccount: z.string().regex(/^[^/+#\s]+$/),
  certificatePassword: z.string().min(1),
  url: z.string().regex(/^[A-Za-z0-9.-]+$/),
  // The vendor gives a string.
  port: z.coerce.number().int().min(1).max(65_535),
  protocol: z.enum(['mqtts', 'mqtt']).catch('mqtts'),
})

/** `isPlain`: whether the cloud itself was asked without TLS; only then is a broker without it taken. */
export const readCertification = (data: unknown, isPlain: boolean): Certification | undefined => {
  const found = CERTIFICATION.safeParse(data).data
  if (found === undefined) return undefined
  return {
    account: found.certificateAccount,
    password: found.certificatePassword,
    url: `${isPlain ? found.protocol : 'mqtts'}://${found.url}:${found.port}`,
  }
}

const DEVICE = z.looseObject({
  sn: z.string().refine(isSerialNumber),
  deviceName: text,
  productName: text,
  online: z.unknown().optional(),
})

const ONLINE: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [0, false],
  [1, true],
  ['0', false],
  ['1', true],
  [false, false],
  [true, true],
])

const readDevice = (entry: unknown): Device | undefined => {
  const found = DEVICE.safeParse(entry).data
  if (found === undefined) return undefined
  return {
    sn: found.sn,
    name: found.deviceName || found.sn,
    isOnline: ONLINE.get(found.online),
    ...(found.productName ? { productName: found.productName } : {}),
  }
}

/** The devices, and beside them the entries that are none; undefined when it is not a list. */
export const readDevices = (data: unknown): { devices: Device[]; strange: unknown[] } | undefined => {
  if (!Array.isArray(data)) return undefined
  const devices: Device[] = []
  const strange: unknown[] = []
  for (const entry of data as unknown[]) {
    const device = readDevice(entry)
    if (device === undefined) strange.push(entry)
    else devices.push(device)
  }
  return { devices, strange }
}
