/** Telling JSON values apart. */

export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Parses JSON; undefined when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A string that holds a JSON object or list becomes that; anything else stays. src: powerkits-api.txt L884 */
export const unpack = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const first = value.trimStart()[0]
  return first === '{' || first === '[' ? (parseJson(value) ?? value) : value
}

/** What a serial number looks like where nothing else tells that it is one. src: captures of real kits */
export const isLikeSn = (text: string): boolean => /^[A-Z0-9][A-Z0-9-]{6,}[A-Z0-9]$/.test(text)

/** A non-empty object whose every value is an object and every key a serial number by its looks. */
export const isKeyedBySn = (value: unknown): value is Readonly<Record<string, Json>> => {
  if (!isObject(value)) return false
  const members = Object.entries(value)
  return members.length > 0 && members.every(([key, member]) => isLikeSn(key) && isObject(member))
}

/** A value as short text, whatever it is: JSON nested too deep to be written becomes its type. */
export const toText = (value: unknown, limit: number): string => {
  if (typeof value === 'string') return value.slice(0, limit)
  if (typeof value === 'number') return String(value)
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, limit)
  } catch {
    return typeof value
  }
}
