/** Hands a file made in the page, or fetched with its token, to the browser's downloads. */
export const saveFile = (content: Blob, name: string): void => {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: a browser may still be opening it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
