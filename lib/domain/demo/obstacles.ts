import type { EndpointDetail } from '@/lib/domain/endpoint/view'

const PRIVATE_HOST =
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1|\[?f[cd])|\.(local|internal)$/

/** Why a Space, which runs at Hugging Face, would not reach the endpoint. */
export function obstaclesOfSpace({ url, spec }: Pick<EndpointDetail, 'url' | 'spec'>): string[] {
  const { hostname } = new URL(url)
  return [
    ...(PRIVATE_HOST.test(hostname)
      ? [
          `A Space runs at Hugging Face and cannot reach ${hostname}. An admin gives the gateway a public address with SLIPWAY_GATEWAY_URL.`,
        ]
      : []),
    ...(spec.security.level === 'private'
      ? [
          `This endpoint answers only ${spec.security.allowedRanges.join(', ')}; a Space calls from Hugging Face’s addresses and is refused unless they are among them.`,
        ]
      : []),
  ]
}
