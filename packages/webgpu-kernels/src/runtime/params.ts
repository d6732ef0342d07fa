/** Types of a uniform struct's fields. */
export type ParamType = 'u32' | 'f32' | 'vec2f';

/** Values of a struct by its fields: flags become 1 or 0, pairs are for `vec2f`. */
type ParamValue = number | boolean | readonly [x: number, y: number];

/** A WGSL struct of scalars and pairs that the host fills. Field names are those of the struct in camel case. */
export interface ParamStruct<Field extends string = string> {
  /** The struct's name in WGSL. */
  readonly struct: string;
  /** Its fields in their order. */
  readonly fields: Readonly<Record<Field, ParamType>>;
  /**
   * The values in WGSL's memory layout: scalars at multiples of 4 bytes, pairs at multiples of 8, all padded to a multiple
   * of 16 bytes.
   */
  pack(values: Readonly<Record<Field, ParamValue>>): ArrayBuffer;
}

/** Describes a struct that kernels read; a test compares it with their WGSL. */
export function defineParams<Field extends string>(
  struct: string,
  fields: Readonly<Record<Field, ParamType>>,
): ParamStruct<Field> {
  const places = new Map<string, number>();
  let end = 0;
  for (const [field, type] of Object.entries<ParamType>(fields)) {
    const size = type === 'vec2f' ? 8 : 4;
    const place = Math.ceil(end / size) * size;
    places.set(field, place);
    end = place + size;
  }
  const bytes = Math.max(16, Math.ceil(end / 16) * 16);
  return {
    struct,
    fields,
    pack(values) {
      const view = new DataView(new ArrayBuffer(bytes));
      for (const [field, value] of Object.entries<ParamValue>(values)) {
        const place = places.get(field);
        if (place === undefined) throw new TypeError(`The struct ${struct} has no field "${field}".`);
        if (typeof value === 'object')
          value.forEach((part, i) => {
            view.setFloat32(place + 4 * i, part, true);
          });
        else if (fields[field as Field] === 'u32') view.setUint32(place, Number(value), true);
        else view.setFloat32(place, Number(value), true);
      }
      return view.buffer;
    },
  };
}
