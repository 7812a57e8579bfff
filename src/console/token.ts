/** The token that a person entered: for this tab and until it is closed, nowhere else. */

const KEY = 'powerkits-token'

export const readToken = (): string => sessionStorage.getItem(KEY) ?? ''

/** An empty one is forgotten. Everything that hangs on the token asks again. */
export const keepToken = (token: string): void => {
  if (token === '') sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, token)
  dispatchEvent(new Event('powerkits-token'))
}

/** Calls back whenever the token changes; gives what ends that. */
export const onToken = (changed: () => void): (() => void) => {
  addEventListener('powerkits-token', changed)
  return () => removeEventListener('powerkits-token', changed)
}
