// Writes what editors know about <cluster-viewer>, from custom-elements.json: custom data of VS Code for HTML and for CSS, and
// web-types for JetBrains' editors.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {{ name: string, description?: string, type?: { text: string }, default?: string }} Described
 * @typedef {{ tagName?: string, description?: string, attributes?: Described[], members?: (Described & { kind: string })[],
 *   events?: Described[], slots?: Described[], cssParts?: Described[], cssProperties?: Described[] }} Declaration
 */

const dist = join(import.meta.dirname, 'dist');
/** @type {{ modules: { declarations?: Declaration[] }[] }} */
const manifest = JSON.parse(await readFile(join(dist, 'custom-elements.json'), 'utf8'));
/** @type {{ version: string }} */
const { version } = JSON.parse(await readFile(join(import.meta.dirname, 'package.json'), 'utf8'));
const element = manifest.modules
  .flatMap(({ declarations = [] }) => declarations)
  .find(({ tagName }) => tagName === 'cluster-viewer');
if (element === undefined) throw new Error('custom-elements.json does not describe <cluster-viewer>.');
const {
  description = '',
  attributes = [],
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssProperties = [],
} = element;

await write('vscode.html-custom-data.json', {
  version: 1.1,
  tags: [
    {
      name: 'cluster-viewer',
      description,
      attributes: attributes.map((attribute) => ({
        name: attribute.name,
        description: attribute.description,
        ...(isSwitch(attribute) ? { valueSet: 'v' } : {}),
        ...(choicesOf(attribute).length > 0 && {
          values: choicesOf(attribute).map((name) => ({ name })),
        }),
      })),
    },
  ],
});
await write('vscode.css-custom-data.json', {
  version: 1.1,
  properties: cssProperties.map(described),
  pseudoElements: cssParts.map((part) => ({
    name: `::part(${part.name})`,
    description: part.description,
  })),
});
await write('web-types.json', {
  $schema: 'https://json.schemastore.org/web-types',
  name: '@shoal/viewer',
  version,
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: [
        {
          name: 'cluster-viewer',
          description,
          attributes: attributes.map((attribute) => ({
            ...described(attribute),
            value: isSwitch(attribute)
              ? { kind: 'no-value' }
              : { kind: 'plain', type: attribute.type?.text ?? 'string' },
          })),
          slots: slots.map(described),
          js: {
            properties: members.filter(({ kind }) => kind === 'field').map(described),
            events: events.map(described),
          },
          css: { parts: cssParts.map(described), properties: cssProperties.map(described) },
        },
      ],
    },
  },
});

/** @param {Described} value */
function described({ name, description: text }) {
  return { name, description: text };
}

/** @param {Described} attribute */
function isSwitch({ type }) {
  return type?.text === 'boolean';
}

/**
 * The values of an attribute with a choice: those of `'light'|'dark'`.
 *
 * @param {Described} attribute
 */
function choicesOf({ type }) {
  return Array.from(type?.text.matchAll(/'([^']*)'/g) ?? [], ([, value]) => value);
}

/**
 * @param {string} name
 * @param {object} content
 */
async function write(name, content) {
  await writeFile(join(dist, name), `${JSON.stringify(content, undefined, 2)}\n`);
}
