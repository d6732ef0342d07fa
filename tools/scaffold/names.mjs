/** @param {string} name in kebab case: "power-iteration" */
export function camel(name) {
  return name.replace(/-\w/g, (match) => match.charAt(1).toUpperCase());
}

/** @param {string} name */
export function pascal(name) {
  const text = camel(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string} name */
export function snake(name) {
  return name.replaceAll('-', '_');
}

/** @param {string} name */
export function words(name) {
  return name.replaceAll('-', ' ');
}

/** @param {string} name */
export function constant(name) {
  return snake(name).toUpperCase();
}
