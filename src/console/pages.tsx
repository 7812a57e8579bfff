/** The pages of the console: a new one is a row here and a folder in pages/. */
import type { ComponentType } from 'preact'
import type { PageProps } from './page.ts'
import { BatteriesPage } from './pages/batteries/batteries-page.tsx'
import { CircuitsPage } from './pages/circuits/circuits-page.tsx'
import { ControlPage } from './pages/control/control-page.tsx'
import { HealthPage } from './pages/health/health-page.tsx'
import { HistoryPage } from './pages/history/history-page.tsx'
import { KitsPage } from './pages/kits/kits-page.tsx'
import { ModulesPage } from './pages/modules/modules-page.tsx'
import { NowPage } from './pages/now/now-page.tsx'
import { SetUpPage } from './pages/set-up/set-up-page.tsx'
import type { PageName } from './route.ts'

export const PAGES: Readonly<Record<PageName, ComponentType<PageProps>>> = {
  kits: KitsPage,
  now: NowPage,
  history: HistoryPage,
  batteries: BatteriesPage,
  circuits: CircuitsPage,
  modules: ModulesPage,
  control: ControlPage,
  health: HealthPage,
  'set-up': SetUpPage,
}
