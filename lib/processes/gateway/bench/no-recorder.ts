import { Gauge } from '../recording/gauge'
import type { Measurement } from '../recording/measurement'
import { ErrorBudget } from '../recording/record-sampler'
import { type EndpointActivity, Recorder } from '../recording/recorder'

/** Takes the recorder's place and records nothing: what the benchmark compares with. */
export class NoRecorder extends Recorder {
  private readonly nothing: EndpointActivity = {
    endpointId: '',
    inFlight: new Gauge(0),
    waiting: new Gauge(0),
    errors: new ErrorBudget(),
  }

  override enter(): EndpointActivity {
    return this.nothing
  }

  override leave(_activity: EndpointActivity, _request: Measurement, _steadyMs: number): void {}

  override refuse(): void {}
}
