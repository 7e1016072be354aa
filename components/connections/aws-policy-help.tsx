import { awsPlaceOf, permissionPolicy, ROLE_POLICY, TRUST_POLICY } from '@/lib/domain/connections/aws-policy'
import { HelpBox, HelpLater, HelpNote, HelpText } from './help-text'

const text = (policy: object): string => JSON.stringify(policy, null, 2)
const COPY = 'Copy the policy'

/** What to allow at AWS before the keys are of use: three texts for the IAM console, ready to copy. */
export function AwsPolicyHelp({ region, roleArn }: { region: string; roleArn: string }) {
  const place = awsPlaceOf(region, roleArn)
  return (
    <HelpBox>
      <HelpText title="The role: who may act as it" text={text(TRUST_POLICY)} copy={COPY}>
        A role in IAM with this trust policy. Without it SageMaker starts nothing.
      </HelpText>
      <HelpText title="The role: what its containers may do" text={text(ROLE_POLICY)} copy={COPY}>
        Pull their image, write their logs. Add what your own container reads, such as a bucket.
      </HelpText>
      {place ? (
        <HelpText title="The keys: what Slipway may do" text={text(permissionPolicy(place))} copy={COPY}>
          For the IAM user of the keys. Changes are allowed to what is called slipway-… alone.
        </HelpText>
      ) : (
        <HelpLater title="The keys: what Slipway may do">
          Enter region and role above: the policy names both, and your account.
        </HelpLater>
      )}
      <HelpNote>
        Secrets of an endpoint become environment of its model: whoever may describe models in the account can
        read them.
      </HelpNote>
    </HelpBox>
  )
}
