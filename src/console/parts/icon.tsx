/** Small pictures, drawn here; each is decoration beside a word. */

const PATHS = {
  kits: 'M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z',
  now: 'M13 2 5 13.5h5.5L9 22l9-12.5h-5.8z',
  history: 'M3 3v18h18M6.5 16l4-5 3.5 3 5.5-8',
  batteries: 'M3 8h15v9H3zM18 11h3v3h-3zM6 11v3M9 11v3M12 11v3',
  circuits: 'M5 4v7a4 4 0 0 0 4 4h6a4 4 0 0 1 4 4v1M5 4 3 6.5M5 4l2 2.5M13 4h6v5h-6z',
  modules: 'M4 4h16v5H4zM4 11h7v9H4zM13 11h7v9h-7z',
  control: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  health: 'M3 12h4l2.5-7 4.5 14 2.5-7H21',
  'set-up': 'M12 3v12M7 10l5 5 5-5M4 20h16',
  sun: 'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.8 1.8M17.2 17.2 19 19M19 5l-1.8 1.8M6.8 17.2 5 19',
  alternator:
    'M3 15l1.5-5h11L19 13l2 1v4h-2M3 15v3h2M9 18h6M7 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM17 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  'dc-in': 'M3 12h8M8 8.5l3.5 3.5L8 15.5M14 6h3a4 4 0 0 1 4 4v4a4 4 0 0 1-4 4h-3',
  shore: 'M9 2v5M15 2v5M6 7h12v4a6 6 0 0 1-12 0zM12 17v5',
  generator: 'M3 8h13v9H3zM16 10h3l2 2v5h-5M6 20v-3M13 20v-3M6 5h6v3',
  battery: 'M4 8h14v8H4zM18 11h2.5v2H18z',
  'ac-loads': 'M4 12 12 4l8 8M6.5 10.5V20h11v-9.5M12 12l-1.5 3h3L12 18',
  'dc-loads': 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9V16h7v-2.1A6 6 0 0 0 12 3z',
  warning: 'M12 3 2 20h20zM12 10v4.5M12 17.3v.2',
} as const

export type IconName = keyof typeof PATHS

export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg
    class="icon"
    viewBox="0 0 24 24"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
)
