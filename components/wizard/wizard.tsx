'use client'

import { CheckIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { createEndpoint } from '@/lib/actions/endpoints'
import { useAction } from '@/lib/client/use-action'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { STEPS, type Step, secretsOf, specOf } from '@/lib/domain/endpoint/draft-check'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { entryAt } from '@/lib/domain/hardware/place'
import { routes } from '@/lib/routes'
import { StepHardware } from './step-hardware'
import { StepModel } from './step-model'
import { StepSecurity } from './step-security'
import { WizardSummary } from './summary'
import { useWizard, type Wizard as WizardState } from './use-wizard'

export type StepProps = { wizard: WizardState; draft: EndpointDraft; team: string }

// Its “copy as cURL” needs the API's schemas, which no step before it does.
const StepReview = dynamic(() => import('./step-review').then(module => module.StepReview), {
  ssr: false,
  loading: () => <Skeleton className="h-96" />,
})

const TITLES: Record<Step, string> = {
  model: 'Model',
  hardware: 'Cloud and hardware',
  security: 'Security level',
  review: 'Review',
}

type Props = { team: string; catalog: CatalogView; portalUrl: string; initialModel: string }

/** Three steps and a review, one page each, with the summary always beside them. */
export function Wizard({ team, catalog, portalUrl, initialModel }: Props) {
  const router = useRouter()
  const wizard = useWizard(team, catalog)
  const creating = useAction(createEndpoint, {
    invalidates: ['endpoints.list'],
    onSuccess: created => {
      wizard.forget()
      router.push(routes.endpoint(team, created.name))
    },
  })
  const { step, setStep, draft, secrets, problems } = wizard
  if (!draft) return <Skeleton className="h-96" />

  const at = STEPS.indexOf(step)
  const entry = entryAt(catalog, draft)
  const instance = entry?.instanceTypes.find(candidate => candidate.id === draft.instanceType)
  const shared: StepProps = { wizard, draft, team }

  const create = () => {
    const spec = specOf(draft)
    if (spec && problems.length === 0)
      creating.run({ team, name: draft.name, spec, secrets: secretsOf(secrets) })
  }

  return (
    <form
      className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]"
      onSubmit={event => {
        event.preventDefault()
        creating.reset()
        const next = STEPS[at + 1]
        if (next) setStep(next)
        else create()
      }}
    >
      <div className="grid min-w-0 gap-5">
        <StepNavigation
          step={step}
          blocked={new Set(problems.map(problem => problem.step))}
          onStep={setStep}
        />
        <section aria-label={TITLES[step]}>
          {step === 'model' && <StepModel {...shared} initialModel={initialModel} />}
          {step === 'hardware' && <StepHardware {...shared} catalog={catalog} />}
          {step === 'security' && <StepSecurity {...shared} catalog={catalog} />}
          {step === 'review' && (
            <StepReview
              {...shared}
              place={entry?.label ?? draft.provider}
              instance={instance}
              portalUrl={portalUrl}
              error={creating.error}
            />
          )}
        </section>
        <div className="flex justify-between border-t pt-4">
          <Button variant="outline" disabled={at === 0} onClick={() => setStep(STEPS[at - 1] ?? 'model')}>
            Back
          </Button>
          <Button type="submit" disabled={creating.isPending || (step === 'review' && problems.length > 0)}>
            {step === 'review' ? (creating.isPending ? 'Creating…' : 'Create endpoint') : 'Continue'}
          </Button>
        </div>
      </div>
      <WizardSummary draft={draft} instance={instance} problems={problems} />
    </form>
  )
}

type NavigationProps = { step: Step; blocked: ReadonlySet<Step>; onStep: (step: Step) => void }

/** Every step can be opened at any time; a tick says that nothing is missing there. */
function StepNavigation({ step, blocked, onStep }: NavigationProps) {
  return (
    <nav aria-label="Steps">
      <ol className="flex flex-wrap gap-1">
        {STEPS.map((candidate, index) => {
          const done = candidate !== 'review' && !blocked.has(candidate)
          return (
            <li key={candidate}>
              <button
                type="button"
                aria-current={candidate === step ? 'step' : undefined}
                onClick={() => onStep(candidate)}
                className="flex w-full items-center gap-2 rounded-md border border-transparent px-2 py-1.5 text-left text-muted-foreground hover:bg-accent aria-[current=step]:border-border aria-[current=step]:bg-card aria-[current=step]:font-medium aria-[current=step]:text-foreground"
              >
                <span className="grid size-5 shrink-0 place-items-center rounded-full bg-muted text-xs tabular-nums">
                  {done ? (
                    <CheckIcon className="size-3.5 text-state-good" aria-label="complete" />
                  ) : (
                    index + 1
                  )}
                </span>
                <span className="truncate">{TITLES[candidate]}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
