/** The given options in place of the defaults; `undefined` means not given, as everywhere. */
export function overDefaults<Options extends object>(defaults: object, options: Options): Options {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given } as Options;
}
