import { HelpText } from '@/components/connections/help-text'
import { CopyButton } from '@/components/feedback/copy-button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { awsEndpointNameOf, callerPolicy } from '@/lib/domain/network/caller-policy'
import type { Network } from '@/lib/domain/network/network'
import { linkText, vpcText } from '@/lib/domain/network/network-fields'

/** How the provider closes it to the internet, what is left to do there, and where its containers connect from. */
export function PrivateCard({ endpoint, network }: { endpoint: EndpointDetail; network: Network }) {
  const { private: closed, vpc } = network
  return (
    <Card>
      <CardHeader>
        <CardTitle>Network at {PROVIDER_LABELS[endpoint.provider]}</CardTitle>
      </CardHeader>
      <CardContent className="grid grid-cols-1 gap-4 text-sm">
        {closed && (
          <>
            <p>
              Closed to the internet: {linkText(closed.link)}.{' '}
              {closed.calls.by === 'direct' ? (
                'Callers go there themselves.'
              ) : (
                <>
                  The gateway connects to <code className="font-mono text-xs">{closed.calls.address}</code>.
                </>
              )}
            </p>
            <Steps endpoint={endpoint} link={closed.link} />
          </>
        )}
        {vpc && (
          <p className="text-muted-foreground text-xs">
            Its containers run in {vpcText(vpc)}: that decides where they may connect to, not who may call.
          </p>
        )}
      </CardContent>
    </Card>
  )
}

type StepsProps = { endpoint: EndpointDetail; link: NonNullable<Network['private']>['link'] }

function Steps({ endpoint, link }: StepsProps) {
  const { privateService, region, upstreamUrl } = endpoint
  switch (link.kind) {
    case 'huggingface':
      return privateService === null ? (
        <p className="text-muted-foreground">
          Hugging Face makes the VPC service now; its name appears here as soon as it says so.
        </p>
      ) : (
        <div className="grid gap-2">
          <span className="text-muted-foreground text-xs">VPC service name</span>
          <span className="flex items-start gap-1">
            <code className="min-w-0 break-all font-mono text-xs leading-6">{privateService}</code>
            <CopyButton text={privateService} label="Copy the VPC service name" />
          </span>
          <p className="text-muted-foreground text-xs">
            In AWS account {link.awsAccount}: VPC, Endpoints, Create endpoint, “Other endpoint services”, this
            name. Once it is available, the endpoint’s own address answers in that VPC.
          </p>
        </div>
      )
    case 'sagemaker':
      return (
        <div className="grid gap-3">
          <p className="text-muted-foreground text-xs">
            {link.vpcEndpoint} is an interface endpoint (PrivateLink) of sagemaker.runtime in your VPC: calls
            to it do not leave AWS’s network. Who may call is decided by the policies of callers, so give each
            of them this one.
          </p>
          <HelpText
            title="Callers: this way and no other"
            text={JSON.stringify(
              callerPolicy({
                region,
                endpointName: awsEndpointNameOf(upstreamUrl),
                vpcEndpoint: link.vpcEndpoint,
              }),
              null,
              2,
            )}
            copy="Copy the policy"
          >
            For every user and role that calls it{' '}
            {endpoint.spec.network?.private?.calls.by === 'gateway' && ', the connection’s keys among them'}.
          </HelpText>
        </div>
      )
    case 'azure-ml':
      return (
        <ol className="list-decimal pl-5 text-muted-foreground text-xs">
          <li>
            In the Azure portal open the workspace, Networking, Private endpoint connections; add one in your
            network.
          </li>
          <li>
            Let it make the private DNS zones privatelink.api.azureml.ms and privatelink.notebooks.azure.net.
          </li>
          <li>From that network the scoring address below resolves to a private address.</li>
        </ol>
      )
  }
}
