/** What Hugging Face's autoscaling can look at; without a choice it looks at hardware usage over 80 %. */
export const SCALING_MEASURES = ['hardwareUsage', 'pendingRequests'] as const
export type ScalingMeasure = (typeof SCALING_MEASURES)[number]

type Info = { label: string; threshold: string; usual: number; most: number; step: number }

/** Thresholds as Hugging Face documents them: percent of all replicas' CPU or GPU, and requests per replica. */
export const MEASURE_INFO: Record<ScalingMeasure, Info> = {
  hardwareUsage: {
    label: 'Hardware usage',
    threshold: 'Average CPU or GPU usage of all replicas, in percent',
    usual: 80,
    most: 100,
    step: 1,
  },
  pendingRequests: {
    label: 'Waiting requests',
    threshold: 'Requests without an answer per replica, over 20 seconds',
    usual: 1.5,
    most: 1_000,
    step: 0.1,
  },
}

/** `at hardware usage over 80 %`: for pages and lists of changes. */
export const measureText = ({ of, threshold }: { of: ScalingMeasure; threshold: number }): string =>
  of === 'hardwareUsage'
    ? `hardware usage over ${threshold} %`
    : `more than ${threshold} waiting requests each`
