import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, findVulkanDriver, usualPlaces } from './software-gpu.mjs';

let machine: string;
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'shoal-gpu-'));
});
afterEach(() => {
  rmSync(machine, { recursive: true });
});

/** Puts an empty file on the simulated machine. */
function put(...path: string[]): string {
  const file = join(machine, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  return file;
}

function places() {
  return {
    chromium: [join(machine, 'chromium'), join(machine, 'chrome')],
    drivers: [join(machine, 'icd.d')],
    libraries: [join(machine, 'lib')],
  };
}

describe('findVulkanDriver', () => {
  it('finds nothing on a bare machine', () => {
    expect(findVulkanDriver(places(), {})).toBeUndefined();
  });

  it('lends Chromium’s Vulkan loader to SwiftShader when the system has none', () => {
    const manifest = put('chromium', 'vk_swiftshader_icd.json');
    put('chromium', 'libvulkan.so.1');
    expect(findVulkanDriver(places(), { LD_LIBRARY_PATH: '/opt/lib' })).toMatchObject({
      source: 'swiftshader',
      environment: {
        VK_DRIVER_FILES: manifest,
        LD_LIBRARY_PATH: `${join(machine, 'chromium')}:/opt/lib`,
      },
    });
  });

  it('leaves the library path alone when the system has a Vulkan loader', () => {
    const manifest = put('chrome', 'vk_swiftshader_icd.json');
    put('chrome', 'libvulkan.so.1');
    put('lib', 'libvulkan.so.1');
    expect(findVulkanDriver(places(), {})?.environment).toEqual({ VK_DRIVER_FILES: manifest });
  });

  it('does not add a folder to the library path twice', () => {
    put('chromium', 'vk_swiftshader_icd.json');
    put('chromium', 'libvulkan.so.1');
    const once = findVulkanDriver(places(), {});
    const twice = findVulkanDriver(places(), once?.environment ?? {});
    expect(twice?.environment).toEqual(once?.environment);
  });

  it('prefers SwiftShader, which has the same results everywhere, to the drivers of the system', () => {
    put('icd.d', 'nvidia_icd.json');
    put('chromium', 'vk_swiftshader_icd.json');
    expect(findVulkanDriver(places(), {})?.source).toBe('swiftshader');
  });

  it('falls back on the drivers of the system, without lavapipe', () => {
    put('icd.d', 'lvp_icd.x86_64.json');
    expect(findVulkanDriver(places(), {})).toBeUndefined();
    const radeon = put('icd.d', 'radeon_icd.x86_64.json');
    put('icd.d', 'README');
    expect(findVulkanDriver(places(), {})).toMatchObject({
      source: 'system',
      environment: { VK_DRIVER_FILES: radeon },
    });
  });

  it('takes the driver that the environment names, and none when it does not exist', () => {
    put('chromium', 'vk_swiftshader_icd.json');
    const own = put('own.json');
    expect(findVulkanDriver(places(), { VK_DRIVER_FILES: own })).toMatchObject({
      source: 'given',
      environment: { VK_DRIVER_FILES: own },
    });
    expect(findVulkanDriver(places(), { VK_ICD_FILENAMES: own })?.source).toBe('given');
    expect(findVulkanDriver(places(), { VK_DRIVER_FILES: join(machine, 'absent.json') })).toBeUndefined();
    expect(findVulkanDriver(places(), { VK_DRIVER_FILES: '' })?.source).toBe('swiftshader');
  });
});

describe('findChromium', () => {
  it('finds nothing on a bare machine', () => {
    expect(findChromium(places(), { PATH: join(machine, 'bin') })).toBeUndefined();
  });

  it('looks on the PATH first, then in the usual folders', () => {
    const installed = put('chrome', 'chrome');
    expect(findChromium(places(), { PATH: join(machine, 'bin') })).toBe(installed);
    const onPath = put('bin', 'chromium');
    expect(findChromium(places(), { PATH: join(machine, 'bin') })).toBe(onPath);
  });

  it('does not take a folder for the browser', () => {
    mkdirSync(join(machine, 'bin', 'chromium'), { recursive: true });
    expect(findChromium(places(), { PATH: join(machine, 'bin') })).toBeUndefined();
  });

  it('takes the one that CHROMIUM_PATH names, and none when it does not exist', () => {
    put('bin', 'chromium');
    const own = put('own-chromium');
    const PATH = join(machine, 'bin');
    expect(findChromium(places(), { PATH, CHROMIUM_PATH: own })).toBe(own);
    expect(findChromium(places(), { PATH, CHROMIUM_PATH: join(machine, 'absent') })).toBeUndefined();
    expect(findChromium(places(), { PATH, CHROMIUM_PATH: machine })).toBeUndefined();
    expect(findChromium(places(), { PATH, CHROMIUM_PATH: '' })).toBe(join(machine, 'bin', 'chromium'));
  });
});

describe('usualPlaces', () => {
  it('looks among the browsers Playwright downloaded', () => {
    put('chromium-1200', 'chrome-linux', 'chrome');
    const { chromium } = usualPlaces({ PLAYWRIGHT_BROWSERS_PATH: machine });
    expect(chromium).toContain(join(machine, 'chromium-1200', 'chrome-linux'));
  });

  it('looks for drivers in the folders of XDG_DATA_DIRS', () => {
    expect(usualPlaces({ XDG_DATA_DIRS: '/opt/share' }).drivers).toContain('/opt/share/vulkan/icd.d');
  });
});
