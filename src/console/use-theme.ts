/** Light, dark, or as the device has it; kept for the next visit. */
import { useEffect, useState } from 'preact/hooks'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'powerkits-theme'

const kept = (): Theme => {
  const theme = localStorage.getItem(KEY) as Theme
  return THEMES.includes(theme) ? theme : 'system'
}

export const useTheme = (): [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState(kept)
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
    localStorage.setItem(KEY, theme)
  }, [theme])
  return [theme, setTheme]
}
