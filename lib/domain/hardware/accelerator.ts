export const ACCELERATORS = ['cpu', 'gpu', 'neuron'] as const
export type Accelerator = (typeof ACCELERATORS)[number]
