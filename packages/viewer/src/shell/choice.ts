import type { ComplexAttributeConverter, PropertyDeclaration } from 'lit';

/** A reflected property with a few values; an invalid attribute means the first value, as is usual in HTML. */
export function choice(values: readonly string[], attribute?: string): PropertyDeclaration<string> {
  const converter: ComplexAttributeConverter<string> = {
    fromAttribute: (value) => values.find((each) => each === value) ?? values[0],
    toAttribute: (value) => value,
  };
  return { reflect: true, useDefault: true, converter, ...(attribute === undefined ? {} : { attribute }) };
}

/** A switch that is on unless its attribute is "off". */
export const onUnlessOff: PropertyDeclaration<boolean> = {
  reflect: true,
  useDefault: true,
  converter: {
    fromAttribute: (value) => value !== 'off' && value !== 'false',
    toAttribute: (value) => (value ? null : 'off'),
  },
};
