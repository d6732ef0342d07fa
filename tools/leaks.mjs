/**
 * Finds text that must not be published: hosts of package registries, tarball addresses in a lock file, and absolute
 * paths of one person's machine.
 *
 * @param {string} text
 * @param {readonly string[]} hosts more hosts to look for, such as the configured registry
 * @returns {{ line: number, text: string }[]} line numbers from 1
 */
export function findLeaks(text, hosts) {
  const patterns = [
    /\bregistry\.[a-z0-9-]+\.[a-z]{2,}/i,
    /\btarball: /,
    /(?<![\w.~})-])\/(?:work|root|home\/\w+|Users\/\w+)\/\w/,
    /\b[A-Z]:\\Users\\\w/,
  ];
  return text.split('\n').flatMap((line, index) => {
    const leaks = patterns.some((pattern) => pattern.test(line)) || hosts.some((host) => line.includes(host));
    return leaks ? [{ line: index + 1, text: line.trim().slice(0, 160) }] : [];
  });
}
