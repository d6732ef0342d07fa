import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

const folder = `${import.meta.dirname}/viewer-page`;

describeInChromium('a device that engine and map share', folder, 'viewerPage', {}, (page) => {
  it('draws the labels of a fit without reading them back, with the same picture', async () => {
    const seen = await page().evaluate(async () => {
      window.viewerPage!.mount({ theme: 'light', style: 'width: 700px; height: 420px' });
      return window.viewerPage!.shareDevice({ clusters: 5, each: 300 }, 2);
    });
    expect(seen.readings).toBe(0);
    expect(seen.onDevice.length).toBeGreaterThan(1000);
    expect(seen.onDevice).toEqual(seen.readBack);
    expect(new Set(seen.refusals)).toEqual(new Set(['ShapeError', 'UnsupportedError', 'StateError']));
    expect(seen.onDevice).not.toEqual(seen.before);
  });
});
