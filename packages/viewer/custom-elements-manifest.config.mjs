/**
 * @typedef {{ name: string, description?: string, privacy?: string, fieldName?: string, type?: { text: string } }} Documented
 * @typedef {{ members?: Documented[] | undefined, attributes?: Documented[] | undefined }} Declaration
 */

/**
 * The types of attributes as they are documented, such as `'light'|'dark'`: the analyzer has those of their fields, which are names
 * that say nothing to an editor.
 *
 * @type {Map<string, string>}
 */
const documentedTypes = new Map();

/** Keeps in the manifest only what a page can use: documented members, and attributes by their names in HTML. */
const publicOnly = {
  name: 'public-only',
  /** @param {{ node: { getFullText(): string }, ts: { isClassDeclaration(node: object): boolean } }} context */
  analyzePhase({ node, ts }) {
    if (!ts.isClassDeclaration(node)) return;
    for (const [, type, name] of node.getFullText().matchAll(/@attr \{([^}]*)\} (\S+)/g)) {
      documentedTypes.set(name, type);
    }
  },
  /** @param {{ customElementsManifest: { modules: { declarations?: Declaration[] }[] } }} context */
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        declaration.members = declaration.members?.filter(
          ({ description, privacy }) => description !== undefined && privacy !== 'private',
        );
        declaration.attributes = declaration.attributes
          ?.filter(({ name, description }) => description !== undefined && name === name.toLowerCase())
          .map((attribute) => ({
            ...attribute,
            type: { text: documentedTypes.get(attribute.name) ?? 'string' },
            fieldName: attribute.fieldName ?? camelCase(attribute.name),
          }));
      }
    }
  },
};

/** @param {string} attribute */
function camelCase(attribute) {
  return attribute.replace(/-(.)/g, (_, letter) => String(letter).toUpperCase());
}

/** How `custom-elements.json` is made. */
export default {
  globs: [
    'src/shell/inputs-element.ts',
    'src/shell/exploring-element.ts',
    'src/shell/runs-element.ts',
    'src/cluster-viewer.component.ts',
    'src/index.ts',
  ],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly],
};
