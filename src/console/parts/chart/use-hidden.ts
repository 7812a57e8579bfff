/** Which lines of a chart its reader took away, by key. */
import { useState } from 'preact/hooks'

export const useHidden = () => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const toggle = (key: string) =>
    setHidden((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]))
  return { hidden, toggle }
}
