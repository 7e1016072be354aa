/**
 * After how long without a request SageMaker scales to zero: the alarm that Application Auto Scaling makes for itself
 * looks at this many minutes, and nobody can change it.
 */
export const SAGEMAKER_IDLE_MINUTES = 15
