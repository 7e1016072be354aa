/** What a provider can do. Wizard, settings and API offer or accept a field only where it says true. */
export type Capabilities = {
  /** More than one replica. */
  replicas: boolean
  autoscaling: boolean
  scaleToZero: boolean
  /** People say after how long without a request it scales to zero; elsewhere the provider does. */
  zeroTimeout: boolean
  /** Runs images of the user's own. */
  containers: boolean
  /** Has several servers for models of the Hub, of which people choose one. */
  modelServers: boolean
  /** Loads a model from a local folder below SLIPWAY_MODELS_DIR, and the bundled sample. */
  localModels: boolean
  /** Autoscaling aims at a number of requests per replica and minute, which people give. */
  requestTarget: boolean
  /** Autoscaling looks at what people choose, as Hugging Face's does: hardware usage or waiting requests. */
  measures: boolean
  /** An endpoint can be closed to the internet, by a private link of the cloud's. */
  privateLink: boolean
  /** Containers can run in subnets of the account's own, which decides where they may connect to. */
  vpc: boolean
  nativeMetrics: boolean
}

/** Begins every list of what a provider can do: what it does not name, it cannot. */
export const NO_CAPABILITIES: Capabilities = {
  replicas: false,
  autoscaling: false,
  scaleToZero: false,
  zeroTimeout: false,
  containers: false,
  modelServers: false,
  localModels: false,
  requestTarget: false,
  measures: false,
  privateLink: false,
  vpc: false,
  nativeMetrics: false,
}
