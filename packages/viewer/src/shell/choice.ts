import type { ComplexAttributeConverter, PropertyDeclaration } from 'lit';

/** A property with a few values, reflected; an attribute that is none of them means the first, as HTML has it. */
export function choice(values: readonly string[], attribute?: string): PropertyDeclaration<string> {
  const converter: ComplexAttributeConverter<string> = {
    fromAttribute: (value) => values.find((each) => each === value) ?? values[0],
    toAttribute: (value) => value,
  };
  return { reflect: true, useDefault: true, converter, ...(attribute === undefined ? {} : { attribute }) };
}

/** A switch that is on unless its attribute says "off". */
export const onUnlessOff: PropertyDeclaration<boolean> = {
  reflect: true,
  useDefault: true,
  converter: {
    fromAttribute: (value) => value !== 'off' && value !== 'false',
    toAttribute: (value) => (value ? null : 'off'),
  },
};
