/** A text without what stands around its number. */
export interface BareNumber {
  /** The number, with a minus in front when it is negative. */
  readonly core: string;
  /** "CHF", "$": the usual one of several ways to write it. */
  readonly currency?: string | undefined;
  /** "kg", in the same way. */
  readonly unit?: string | undefined;
  readonly isPercent: boolean;
}

const CURRENCIES = [
  ...[
    'USD',
    'EUR',
    'GBP',
    'CHF',
    'JPY',
    'CNY',
    'INR',
    'AUD',
    'CAD',
    'NZD',
    'SEK',
    'NOK',
    'DKK',
    'ISK',
    'PLN',
  ],
  ...[
    'CZK',
    'HUF',
    'RON',
    'TRY',
    'RUB',
    'UAH',
    'ILS',
    'ZAR',
    'BRL',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'KRW',
    'SGD',
  ],
  ...['HKD', 'TWD', 'THB', 'IDR', 'MYR', 'PHP', 'VND', 'AED', 'SAR', 'EGP', 'NGN', 'KES', 'PKR', 'BDT'],
  ...['Fr\\.', 'SFr\\.', 'Rs\\.?', 'R\\$', 'US\\$', 'kr\\.?', 'z\u0142', 'Ft', 'K\u010d'],
];
/** Units that are written behind numbers. */
const UNITS = [
  ...[
    'mg',
    'g',
    'kg',
    't',
    'oz',
    'lbs?',
    'mm',
    'cm',
    'm',
    'km',
    'in',
    'ft',
    'yd',
    'mi',
    'm2',
    'm\u00b2',
    'm3',
    'm\u00b3',
    'ha',
  ],
  ...[
    'ml',
    'cl',
    'dl',
    'l',
    'L',
    'mL',
    'gal',
    'ms',
    's',
    'sec',
    'min',
    'h',
    'hrs?',
    'days?',
    'years?',
    'yrs?',
  ],
  ...[
    'km/h',
    'kmh',
    'mph',
    'm/s',
    '\u00b0',
    '\u00b0C',
    '\u00b0F',
    'K',
    'Pa',
    'hPa',
    'kPa',
    'bar',
    'W',
    'kW',
    'MW',
    'Wh',
    'kWh',
  ],
  ...[
    'V',
    'A',
    'Hz',
    'kHz',
    'MHz',
    'GHz',
    'KB',
    'kB',
    'MB',
    'GB',
    'TB',
    'kcal',
    'kJ',
    'dB',
    'px',
    'pt',
    'ppm',
  ],
];
/** Signs that mean the same as another, and that one. */
const SAME: Readonly<Record<string, string>> = {
  ...{ '\u20ac': 'EUR', '\u00a3': 'GBP', US$: 'USD', '\u20b9': 'INR', 'Rs.': 'Rs', R$: 'BRL', 'kr.': 'kr' },
  ...{ 'Fr.': 'CHF', 'SFr.': 'CHF', 'z\u0142': 'PLN', 'K\u010d': 'CZK', Ft: 'HUF' },
  ...{ lbs: 'lb', L: 'l', mL: 'ml', 'm\u00b2': 'm2', 'm\u00b3': 'm3', kmh: 'km/h', sec: 's' },
  ...{ hr: 'h', hrs: 'h', day: 'days', year: 'years', yr: 'years', yrs: 'years' },
};

const CURRENCY = `\\p{Sc}|${CURRENCIES.join('|')}`;
const BEFORE = new RegExp(`^([-+]?)\\s*(${CURRENCY})\\s*(?=[-+\u2212\u2013.,\\d])`, 'u');
const BEHIND = new RegExp(`(?<=[\\d.,-])\\s*(?:(${CURRENCY})|(${UNITS.join('|')}))$`, 'u');
const OTHER_MINUS = /^[\u2212\u2013]/;
const BLANK_AFTER_SIGN = /^([-+])\s+(?=[\d.,])/;
const MINUS_BEHIND = /^([\d.,].*)(?<=[\d.,])\s*[-\u2212\u2013]$/;

/** Takes off the currency, unit or percent sign of a number. A minus may stand behind it, or parentheses around it. */
export function bareNumber(text: string): BareNumber {
  let core = text.replace(OTHER_MINUS, '-');
  const bracketed = /^\((.*)\)$/.exec(core);
  if (bracketed !== null) core = `-${bracketed[1].trim()}`;
  const before = BEFORE.exec(core);
  const behind = before === null ? BEHIND.exec(core) : null;
  core = core
    .replace(before === null ? BEHIND : BEFORE, before === null ? '' : '$1')
    .replace(OTHER_MINUS, '-');
  const isPercent = core.endsWith('%');
  if (isPercent) core = core.slice(0, -1).trimEnd();
  return {
    core: core.replace(BLANK_AFTER_SIGN, '$1').replace(MINUS_BEHIND, '-$1'),
    currency: inOneWay(before?.[2] ?? behind?.[1]),
    unit: inOneWay(behind?.[2]),
    isPercent,
  };
}

function inOneWay(sign: string | undefined): string | undefined {
  return sign === undefined ? undefined : (SAME[sign] ?? sign);
}
