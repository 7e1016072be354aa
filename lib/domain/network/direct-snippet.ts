import { exampleRequest } from '@/lib/domain/endpoint/example-request'
import { curlLines } from '@/lib/domain/endpoint/snippets'
import type { Task } from '@/lib/domain/endpoint/task'
import type { ProviderKind } from '@/lib/domain/hardware/provider'

type Direct = { provider: ProviderKind; region: string; url: string; task: Task }

/** How callers prove who they are where Slipway is not between; one line each. */
export function directHelp(provider: ProviderKind): string {
  switch (provider) {
    case 'huggingface':
      return 'A Hugging Face token of the account in $HF_TOKEN.'
    case 'sagemaker':
      return 'curl 7.75 or newer, and AWS keys that may call it: signed with SigV4, sent through the VPC endpoint.'
    case 'azure-ml':
      return 'The Azure CLI, signed in as somebody with the role AzureML Data Scientist.'
    default:
      return ''
  }
}

/** A call past Slipway that runs as it is printed, from within the private network. */
export const directSnippet = ({ provider, region, url, task }: Direct): string =>
  curlLines(url.replace(/#.*$/, ''), exampleRequest(task), [
    ...credentialLines(provider, region),
    ...componentLines(url),
  ])

/** Of an endpoint that scales to zero at SageMaker: what is called on it, which our own address says behind a #. */
function componentLines(url: string): string[] {
  const { hash } = new URL(url)
  return hash === '' ? [] : [`  -H "X-Amzn-SageMaker-Inference-Component: ${hash.slice(1)}"`]
}

function credentialLines(provider: ProviderKind, region: string): string[] {
  switch (provider) {
    case 'huggingface':
      return ['  -H "Authorization: Bearer $HF_TOKEN"']
    case 'sagemaker':
      return [
        `  --aws-sigv4 "aws:amz:${region}:sagemaker"`,
        '  --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        // Only of keys that hold for a session; an empty one is not sent.
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own, not ours
        '  ${AWS_SESSION_TOKEN:+-H "X-Amz-Security-Token: $AWS_SESSION_TOKEN"}',
      ]
    case 'azure-ml':
      return [
        '  -H "Authorization: Bearer $(az account get-access-token --resource https://ml.azure.com --query accessToken -o tsv)"',
      ]
    default:
      return []
  }
}
