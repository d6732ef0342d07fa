import { expect, it } from 'vitest';
import { describeInChromium } from './describe-in-chromium.ts';

declare global {
  interface Window {
    /** Set by a page that a contract test drives: the failure's text, or undefined. */
    runContractCase?: (name: string) => Promise<string | undefined>;
  }
}

/** Runs every case of a contract in the page of a folder, by its name. */
export function describeContractInChromium(
  title: string,
  folder: string,
  contract: readonly { readonly name: string }[],
  options?: { readonly isolated?: boolean },
): void {
  describeInChromium(title, folder, 'runContractCase', options, (page) => {
    for (const { name } of contract) {
      it(name, async () => {
        const failure = await page().evaluate((caseName) => window.runContractCase?.(caseName), name);
        expect(failure).toBeUndefined();
      });
    }
  });
}
