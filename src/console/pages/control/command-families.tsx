/** All commands that the kit can take, by family; those of modules that it never showed stand folded away. */
import { useEffect, useState } from 'preact/hooks'
import type { Caller } from '../../api-shapes.ts'
import type { KnownCommand, SentCommand } from '../../command-shapes.ts'
import { Card } from '../../parts/card.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { CommandItem } from './command-item.tsx'
import { FAMILY_COLUMNS, type Family, familyOf, inOrder, isRare, suits } from './known-command.ts'

interface FamiliesProps {
  readonly sn: string
  readonly commands: readonly KnownCommand[]
  readonly caller: Caller
  readonly sent: readonly SentCommand[]
  onChange(): void
}

const ICONS: Readonly<Record<Family, IconName>> = {
  battery: 'battery',
  ac: 'ac-loads',
  dc: 'dc-loads',
  generator: 'generator',
  hub: 'modules',
  other: 'control',
}

const Items = ({ commands, sent, ...rest }: FamiliesProps) => (
  <>
    {commands.map((command) => (
      <CommandItem
        key={command.name}
        {...rest}
        command={command}
        underWay={sent.find((one) => one.command === command.name && !one.is_ended)}
      />
    ))}
  </>
)

/** Folded away until somebody opens it, or one of them is on its way. */
const Folded = ({ title, ...props }: FamiliesProps & { title: string }) => {
  const { commands, sent } = props
  const isUnderWay = sent.some(({ command, is_ended }) => !is_ended && commands.some(({ name }) => name === command))
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    if (isUnderWay) setIsOpen(true)
  }, [isUnderWay])
  if (commands.length === 0) return null
  return (
    <details class="more-commands" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      <Items {...props} commands={inOrder(commands)} />
    </details>
  )
}

const FamilyCard = ({ family, ...props }: FamiliesProps & { family: Family }) => {
  const { t } = useLanguage()
  const commands = props.commands.filter(({ name }) => familyOf(name) === family)
  const rare = commands.filter(isRare)
  if (commands.length === 0) return null
  return (
    <Card
      title={
        <span class="family-title">
          <Icon name={ICONS[family]} /> {t(`control.family.${family}`)}
        </span>
      }
    >
      <Items {...props} commands={inOrder(commands.filter((command) => !isRare(command)))} />
      <Folded {...props} commands={rare} title={t('control.more', { n: rare.length })} />
    </Card>
  )
}

export const CommandFamilies = (props: FamiliesProps) => {
  const { t } = useLanguage()
  const { modules } = useLive()
  const kinds = new Set([...modules.values()].map(({ kind }) => kind))
  const suiting = props.commands.filter((command) => suits(command, kinds))
  const others = props.commands.filter((command) => !suiting.includes(command))
  return (
    <>
      <div class="families">
        {FAMILY_COLUMNS.map((families) => (
          <div key={families[0]} class="family-column">
            {families.map((family) => (
              <FamilyCard key={family} {...props} commands={suiting} family={family} />
            ))}
          </div>
        ))}
      </div>
      {others.length > 0 && (
        <div class="card">
          <Folded {...props} commands={others} title={t('control.others', { n: others.length })} />
        </div>
      )}
    </>
  )
}
