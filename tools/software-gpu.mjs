// Finds a Vulkan driver for Dawn (WebGPU in Node.js) and a Chromium for the browser tests.
// `pnpm gpu-env` prints the driver's environment for a shell: eval "$(pnpm --silent gpu-env)"
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir, platform, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Places where to look
 * @property {readonly string[]} chromium folders that may hold a Chromium and its SwiftShader
 * @property {readonly string[]} drivers folders that may hold manifests of Vulkan drivers
 * @property {readonly string[]} libraries folders where the system's Vulkan loader may be
 */

/**
 * @typedef {object} VulkanDriver
 * @property {'given' | 'swiftshader' | 'system' | 'built-in'} source who chose it
 * @property {string} description for people
 * @property {Record<string, string>} environment what a process needs when it starts, for Dawn to use the driver
 */

const SWIFTSHADER_MANIFEST = 'vk_swiftshader_icd.json';
const VULKAN_LOADER = 'libvulkan.so.1';
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'chrome', 'google-chrome', 'headless_shell'];

/** The places where Linux distributions and Playwright install them.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Places}
 */
export function usualPlaces(environment = process.env) {
  const playwright = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  const data = (environment['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share').split(delimiter);
  return {
    chromium: [
      '/usr/lib/chromium',
      '/usr/lib/chromium-browser',
      '/usr/lib64/chromium-browser',
      '/opt/google/chrome',
      '/opt/chromium.org/chromium',
      '/snap/chromium/current/usr/lib/chromium-browser',
      ...foldersIn(playwright).flatMap((build) => foldersIn(build)),
    ],
    drivers: ['/etc/vulkan/icd.d', ...data.map((folder) => join(folder, 'vulkan', 'icd.d'))],
    libraries: ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'],
  };
}

/**
 * Picks the Vulkan driver for tests: the one the environment names, else Chromium's SwiftShader (the same arithmetic on
 * every machine), else one of the system's. Mesa's lavapipe is skipped: Dawn refuses the version that Debian 12 ships.
 *
 * @param {Places} places
 * @param {NodeJS.ProcessEnv} environment
 * @returns {VulkanDriver | undefined} undefined when there is none
 */
export function findVulkanDriver(places, environment) {
  const given = setting(environment, 'VK_DRIVER_FILES') ?? setting(environment, 'VK_ICD_FILENAMES');
  const manifest = places.chromium
    .map((folder) => join(folder, SWIFTSHADER_MANIFEST))
    .find((file) => existsSync(file));
  const loaderFolder = places.libraries.some((folder) => existsSync(join(folder, VULKAN_LOADER)))
    ? undefined
    : places.chromium.find((folder) => existsSync(join(folder, VULKAN_LOADER)));
  const loader = loaderFolder === undefined ? {} : libraryPath(loaderFolder, environment);

  if (given !== undefined) {
    const missing = given.split(delimiter).find((file) => !existsSync(file));
    if (missing !== undefined) return undefined;
    return { source: 'given', description: given, environment: { ...loader, VK_DRIVER_FILES: given } };
  }
  if (manifest !== undefined) {
    return {
      source: 'swiftshader',
      description: `SwiftShader (${dirname(manifest)})`,
      environment: { ...loader, VK_DRIVER_FILES: manifest },
    };
  }
  const drivers = places.drivers
    .flatMap((folder) => filesIn(folder))
    .filter((file) => file.endsWith('.json') && !/\blvp_icd/.test(file));
  if (drivers.length === 0) return undefined;
  const files = drivers.join(delimiter);
  return { source: 'system', description: files, environment: { ...loader, VK_DRIVER_FILES: files } };
}

/**
 * The driver for this machine; undefined when Dawn uses Metal or Direct3D, which need none.
 *
 * @returns {VulkanDriver | undefined}
 */
export function vulkanDriver() {
  if (platform() !== 'linux') {
    return { source: 'built-in', description: `the GPU of ${platform()}`, environment: {} };
  }
  const driver = findVulkanDriver(usualPlaces(), process.env);
  if (driver === undefined) return undefined;
  const runtime = process.env['XDG_RUNTIME_DIR'];
  const environment = { XDG_RUNTIME_DIR: runtime !== undefined && existsSync(runtime) ? runtime : tmpdir() };
  return { ...driver, environment: { ...environment, ...driver.environment } };
}

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, else one in the usual places or on the PATH.
 *
 * @param {Places} [places]
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined} path of the executable; undefined when there is none
 */
export function findChromium(places = usualPlaces(), environment = process.env) {
  const given = setting(environment, 'CHROMIUM_PATH');
  if (given !== undefined) return isFile(given) ? given : undefined;
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...onPath, ...places.chromium]
    .flatMap((folder) => CHROMIUM_NAMES.map((name) => join(folder, name)))
    .find((file) => isFile(file));
}

/**
 * A value of the environment; an empty one counts as unset, because continuous integration often sets empty values.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} name
 */
export function setting(environment, name) {
  const value = environment[name];
  return value === '' ? undefined : value;
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
function libraryPath(folder, environment) {
  const others = (environment['LD_LIBRARY_PATH'] ?? '')
    .split(delimiter)
    .filter((other) => other !== '' && other !== folder);
  return { LD_LIBRARY_PATH: [folder, ...others].join(delimiter) };
}

/** @param {string} path */
function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/**
 * @param {string} folder
 * @returns {string[]} full paths, sorted; empty when there is no such folder
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => isFile(path));
}

/** @param {string} folder */
function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const driver = vulkanDriver();
  if (driver === undefined) {
    console.error('No Vulkan driver here: install chromium, or set VK_DRIVER_FILES to a driver manifest.');
    process.exitCode = 1;
  } else {
    for (const [name, value] of Object.entries(driver.environment)) {
      console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`);
    }
  }
}
