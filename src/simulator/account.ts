/** The accounts of the stand-in: made-up credentials by seed, and which kits belong to whom. */
import type { CloudKit } from './cloud-kit.ts'
import type { HttpTrouble } from './http-trouble.ts'
import { derive, mix } from './noise.ts'

export type Region = 'eu' | 'us'

/** What the owner of an account knows of it. All of it opens nothing but this simulator. */
export interface SimulatedAccount {
  /** `account-1` and so on. */
  readonly name: string
  readonly accessKey: string
  readonly secretKey: string
  /** The certificate account: the user name at the broker and part of every topic. */
  readonly account: string
  /** The broker's; another one after a rotation. */
  readonly password: string
  /** The data centre that knows its keys. */
  readonly region: Region
  readonly kitSns: readonly string[]
}

/** An account with what the cloud holds of it. */
export interface Account extends SimulatedAccount {
  password: string
  readonly kits: ReadonlyMap<string, CloudKit>
  readonly troubles: Set<HttpTrouble>
  /** The owner asks at the wrong data centre. */
  isElsewhere: boolean
}

const secret = (seed: number, name: string): string =>
  Array.from({ length: 4 }, (_, index) => mix(derive(seed, name), index).toString(36).padStart(7, '0')).join('')

/** Another password for the broker. */
export const rotatedPassword = (account: Account): string => secret(derive(0, account.password), 'rotated')

const newAccount = (seed: number, index: number, region: Region, kits: readonly CloudKit[]): Account => {
  const own = index === 0 ? seed : mix(seed, index, 13)
  return {
    name: `account-${index + 1}`,
    accessKey: secret(own, 'access key'),
    secretKey: secret(own, 'secret key'),
    account: `open-${secret(own, 'account')}`,
    password: secret(own, 'password'),
    region,
    kitSns: kits.map(({ sn }) => sn),
    kits: new Map(kits.map((kit) => [kit.sn, kit])),
    troubles: new Set(),
    isElsewhere: false,
  }
}

/** Deals the kits out like cards; every account of the same seed is always the same. */
export const dealAccounts = (count: number, seed: number, region: Region, kits: readonly CloudKit[]): Account[] =>
  Array.from({ length: count }, (_, index) =>
    newAccount(
      seed,
      index,
      region,
      kits.filter((_kit, card) => card % count === index),
    ),
  )
