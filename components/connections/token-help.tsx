import { CopyButton } from '@/components/feedback/copy-button'
import { HF_SCOPES } from '@/lib/domain/connections/hugging-face'

/** What the token must be allowed to do, in the words of the page where it is made. */
export function TokenHelp() {
  return (
    <div className="grid gap-2 rounded-md border bg-muted/40 p-3 text-sm">
      <div className="flex items-center justify-between gap-2">
        <p className="font-medium">A fine-grained token with these permissions</p>
        <CopyButton text={HF_SCOPES.map(({ scope }) => scope).join('\n')} label="Copy the permissions" />
      </div>
      <ul className="grid gap-1">
        {HF_SCOPES.map(({ scope, why }) => (
          <li key={scope} className="grid gap-x-3 sm:grid-cols-[auto_minmax(0,1fr)]">
            <code className="font-mono text-xs leading-5">{scope}</code>
            <span className="text-muted-foreground text-xs leading-5">{why}</span>
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground text-xs">
        Make it at huggingface.co under Settings, Access Tokens, for the user or organisation that pays. A
        plain write token works too, but may do far more than is needed here.
      </p>
    </div>
  )
}
