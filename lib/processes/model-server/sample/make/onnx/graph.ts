import { ATTRIBUTE, type ElementType, encodeModel, FLOAT, INT64 } from './schema'

/** A value in the graph: what a node puts out and another takes in. */
export type Value = { readonly name: string }

/** A number is a fixed size, a string a named one that varies. */
export type Dimension = number | string

type Attributes = Record<string, number | string | readonly number[]>

/** Attributes that are floats although JavaScript cannot tell them from ints. */
const FLOAT_ATTRIBUTES = new Set(['alpha', 'beta', 'epsilon'])

/** Builds an ONNX graph node by node; names are counted, so the same calls give the same bytes. */
export class Graph {
  readonly #nodes: object[] = []
  readonly #initializers: object[] = []
  readonly #inputs: object[] = []
  readonly #outputs: object[] = []

  constructor(readonly name: string) {}

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    this.#inputs.push(valueInfo(name, type, shape))
    return { name }
  }

  /** Publishes a value under the name callers ask for. */
  output(name: string, value: Value, shape: readonly Dimension[], type: ElementType = FLOAT): void {
    this.#nodes.push({ input: [value.name], output: [name], name: `publish_${name}`, opType: 'Identity' })
    this.#outputs.push(valueInfo(name, type, shape))
  }

  floats(values: readonly number[], dims: readonly number[] = [values.length]): Value {
    return this.#initializer(FLOAT, dims, new Uint8Array(Float32Array.from(values).buffer))
  }

  ints(values: readonly number[], dims: readonly number[] = [values.length]): Value {
    return this.#initializer(INT64, dims, new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer))
  }

  scalar(value: number): Value {
    return this.floats([value], [])
  }

  op(opType: string, inputs: readonly (Value | null)[], attributes: Attributes = {}): Value {
    const name = `${opType.toLowerCase()}_${this.#nodes.length}`
    this.#nodes.push({
      input: inputs.map(value => value?.name ?? ''),
      output: [name],
      name,
      opType,
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    })
    return { name }
  }

  /** `to: FLOAT` and friends read better than attribute objects at the call site. */
  cast(value: Value, to: ElementType): Value {
    return this.op('Cast', [value], { to })
  }

  encode(): Uint8Array {
    return encodeModel({
      irVersion: 8,
      producerName: 'slipway',
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name: this.name,
        node: this.#nodes,
        initializer: this.#initializers,
        input: this.#inputs,
        output: this.#outputs,
      },
    })
  }

  #initializer(dataType: ElementType, dims: readonly number[], rawData: Uint8Array): Value {
    const name = `constant_${this.#initializers.length}`
    this.#initializers.push({ name, dims: [...dims], dataType, rawData })
    return { name }
  }
}

function valueInfo(name: string, elemType: ElementType, shape: readonly Dimension[]): object {
  const dim = shape.map(size => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }))
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}

function attribute(name: string, value: Attributes[string]): object {
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: Buffer.from(value) }
  if (typeof value !== 'number') return { name, type: ATTRIBUTE.ints, ints: [...value] }
  return FLOAT_ATTRIBUTES.has(name)
    ? { name, type: ATTRIBUTE.float, f: value }
    : { name, type: ATTRIBUTE.int, i: value }
}
