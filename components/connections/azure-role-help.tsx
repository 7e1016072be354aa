import { groupRole, roleCommands, subscriptionRole } from '@/lib/domain/connections/azure-role'
import { HelpBox, HelpLater, HelpNote, HelpText } from './help-text'

type Props = { subscriptionId: string; resourceGroup: string; clientId: string }

const NEW_APP = 'az ad sp create-for-rbac --name slipway --years 1'

/** What to do at Azure before the app is of use: lines for a shell, and the same as texts for the portal. */
export function AzureRoleHelp({ subscriptionId, resourceGroup, clientId }: Props) {
  const place = { subscriptionId: subscriptionId.trim(), resourceGroup: resourceGroup.trim() }
  const isKnown = place.subscriptionId !== '' && place.resourceGroup !== ''
  return (
    <HelpBox>
      <HelpText title="The app" text={NEW_APP} copy="Copy the line">
        An app registration with a secret. Its appId, password and tenant go into the fields below.
      </HelpText>
      {isKnown ? (
        <>
          <HelpText
            title="Its roles: lines for a shell"
            text={roleCommands(place, clientId.trim())}
            copy="Copy the lines"
          >
            Make two custom roles and give them to the app. Give the app’s ID below first.
          </HelpText>
          <HelpText
            title="The role for endpoints"
            text={JSON.stringify(groupRole(place), null, 2)}
            copy="Copy the role"
          >
            For the resource group of the workspace: everything Slipway does, and nothing beyond it.
          </HelpText>
          <HelpText
            title="The role for hardware"
            text={JSON.stringify(subscriptionRole(place), null, 2)}
            copy="Copy the role"
          >
            For the subscription, reading only: Azure says sizes and quotas nowhere else.
          </HelpText>
        </>
      ) : (
        <HelpLater title="Its roles">
          Enter subscription and resource group above: the roles name both.
        </HelpLater>
      )}
      <HelpNote>
        Secrets of an endpoint become environment of its deployment: whoever may read deployments of the
        workspace can read them.
      </HelpNote>
    </HelpBox>
  )
}
