/** The options that are given, over the defaults: as everywhere, `undefined` means not given. */
export function overDefaults<Options extends object>(defaults: object, options: Options): Options {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given } as Options;
}
