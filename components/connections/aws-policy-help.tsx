import type { ReactNode } from 'react'
import { CodeBlock } from '@/components/feedback/code-block'
import { CopyButton } from '@/components/feedback/copy-button'
import { awsPlaceOf, permissionPolicy, ROLE_POLICY, TRUST_POLICY } from '@/lib/domain/connections/aws-policy'

/** What to allow at AWS before the keys are of use: three texts for the IAM console, ready to copy. */
export function AwsPolicyHelp({ region, roleArn }: { region: string; roleArn: string }) {
  const place = awsPlaceOf(region, roleArn)
  return (
    <div className="grid gap-3 rounded-md border bg-muted/40 p-3 text-sm">
      <PolicyText title="The role: who may act as it" policy={TRUST_POLICY}>
        A role in IAM with this trust policy. Without it SageMaker starts nothing.
      </PolicyText>
      <PolicyText title="The role: what its containers may do" policy={ROLE_POLICY}>
        Pull their image, write their logs. Add what your own container reads, such as a bucket.
      </PolicyText>
      {place ? (
        <PolicyText title="The keys: what Slipway may do" policy={permissionPolicy(place)}>
          For the IAM user of the keys. Changes are allowed to what is called slipway-… alone.
        </PolicyText>
      ) : (
        <div>
          <p className="font-medium">The keys: what Slipway may do</p>
          <p className="text-muted-foreground text-xs">
            Enter region and role above: the policy names both, and your account.
          </p>
        </div>
      )}
      <p className="text-muted-foreground text-xs">
        Secrets of an endpoint become environment of its model: whoever may describe models in the account can
        read them.
      </p>
    </div>
  )
}

function PolicyText({ title, policy, children }: { title: string; policy: object; children: ReactNode }) {
  const text = JSON.stringify(policy, null, 2)
  return (
    <details className="group min-w-0">
      <summary className="flex cursor-pointer list-none items-center justify-between gap-2 rounded-sm outline-none focus-visible:outline-2 focus-visible:outline-ring">
        <span>
          <span className="block font-medium">{title}</span>
          <span className="block text-muted-foreground text-xs">{children}</span>
        </span>
        <span className="shrink-0 text-xs underline underline-offset-2 group-open:hidden">Show</span>
        <span className="hidden shrink-0 text-xs underline underline-offset-2 group-open:block">Hide</span>
      </summary>
      <div className="mt-2 grid gap-2">
        <CodeBlock label={title} className="max-h-60">
          {text}
        </CodeBlock>
        <CopyButton
          text={text}
          label="Copy the policy"
          size="sm"
          variant="outline"
          className="justify-self-start"
        />
      </div>
    </details>
  )
}
