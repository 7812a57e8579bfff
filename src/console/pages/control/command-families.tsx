/** All commands that the kit can take, by family; those of modules that it never showed stand folded away. */
import type { Caller } from '../../api-shapes.ts'
import type { KnownCommand, SentCommand } from '../../command-shapes.ts'
import { Card } from '../../parts/card.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { CommandItem } from './command-item.tsx'
import { FAMILIES, type Family, familyOf, inOrder, suits } from './known-command.ts'

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

const FamilyCard = ({ family, ...props }: FamiliesProps & { family: Family }) => {
  const { t } = useLanguage()
  const commands = inOrder(props.commands.filter(({ name }) => familyOf(name) === family))
  if (commands.length === 0) return null
  return (
    <Card
      title={
        <span class="family-title">
          <Icon name={ICONS[family]} /> {t(`control.family.${family}`)}
        </span>
      }
    >
      <Items {...props} commands={commands} />
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
        {FAMILIES.map((family) => (
          <FamilyCard key={family} {...props} commands={suiting} family={family} />
        ))}
      </div>
      {others.length > 0 && (
        <details class="card other-commands">
          <summary>{t('control.others', { n: others.length })}</summary>
          <Items {...props} commands={inOrder(others)} />
        </details>
      )}
    </>
  )
}
