/** A guess at what somebody meant who misspelt a name. */

/** Letters to change, insert or leave out; a pair swapped counts two. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[other.length]!
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The one of `names` that `given` was most likely to be; undefined when none is near. Case and signs do not count. */
export const nearest = (given: string, names: readonly string[]): string | undefined => {
  const asked = bare(given)
  const ranked = names
    .map((name) => ({ name, off: distance(asked, bare(name)) }))
    .filter(({ name, off }) => off <= Math.max(1, Math.floor(bare(name).length / 3)))
    .sort((a, b) => a.off - b.off)
  return ranked[0]?.name
}
